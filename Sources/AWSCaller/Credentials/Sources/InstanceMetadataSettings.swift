/// How the EC2 instance metadata service is reached.
struct InstanceMetadataSettings: Sendable, Equatable {
    static let ipv4 = "http://169.254.169.254"
    static let ipv6 = "http://[fd00:ec2::254]"

    /// Without a slash at its end.
    var endpoint: String
    var origin: ValueOrigin
    /// For connecting and for answering, each.
    var timeout: Duration
    var attempts: Int
    var isV1Disabled: Bool
    /// The role whose credentials are asked for, so that the list need not be; `nil` takes the instance's.
    var role: ConfigValue?

    /// - Throws: `Failure` when a setting can't be read; no request is made then.
    init(_ settings: ChainSettings) throws(Failure) {
        let mode = try Self.mode(settings)
        let custom = settings.setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        if let custom {
            guard EndpointURL(custom.text) != nil else {
                throw Failure(
                    "The metadata endpoint '\(custom.text)' of \(custom.location) is not a URL",
                    remedy: "Write it as \(Self.ipv4)", category: .noCredentials)
            }
            endpoint = custom.text
            while endpoint.hasSuffix("/") { endpoint.removeLast() }
            origin = ValueOrigin(name: "endpoint", value: endpoint, location: custom.location)
        } else {
            endpoint = mode?.text.lowercased() == "ipv6" ? Self.ipv6 : Self.ipv4
            origin = ValueOrigin(name: "endpoint", value: endpoint, location: mode?.location ?? "default")
        }
        let seconds = settings.setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")
            .flatMap { Double($0.text) }
        timeout = .milliseconds(Int(min(max(seconds ?? 1, 0.05), 300) * 1_000))
        let tries = settings.setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")
            .flatMap { Int($0.text) }
        attempts = min(max(tries ?? 1, 1), 20)
        isV1Disabled = settings.isSet("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled")
        role = settings.setting("AWS_EC2_INSTANCE_PROFILE_NAME", "ec2_instance_profile_name")
    }

    private static func mode(_ settings: ChainSettings) throws(Failure) -> ConfigValue? {
        let mode = settings.setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
        guard let mode else {
            // The older setting, which the AWS CLI still reads.
            guard settings.isSet("AWS_IMDS_USE_IPV6", "imds_use_ipv6") else { return nil }
            return settings.setting("AWS_IMDS_USE_IPV6", "imds_use_ipv6")
                .map { ConfigValue(text: "ipv6", location: $0.location) }
        }
        guard ["ipv4", "ipv6"].contains(mode.text.lowercased()) else {
            throw Failure(
                "The metadata endpoint mode '\(mode.text)' of \(mode.location) is neither IPv4 nor IPv6",
                remedy: "Set it to IPv4 or IPv6", category: .noCredentials)
        }
        return mode
    }
}

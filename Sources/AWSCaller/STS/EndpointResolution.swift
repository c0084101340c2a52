/// Configured endpoints of AWS services (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
struct ConfiguredEndpoint: Sendable, Hashable {
    var value: ConfigValue

    /// `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its `endpoint_url`, in that
    /// order; `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` switches all four off.
    /// - Parameter service: as in the variable's name, `STS` or `SSO_OIDC`.
    static func find(_ service: String, _ settings: ChainSettings, profile: ConfigSection?) -> ConfiguredEndpoint? {
        let ignore =
            settings.environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
            ?? profile?["ignore_configured_endpoint_urls"]?.text
        if ignore?.lowercased() == "true" { return nil }
        for variable in ["AWS_ENDPOINT_URL_\(service)", "AWS_ENDPOINT_URL"] {
            if let url = settings.environment[variable] {
                return ConfiguredEndpoint(value: ConfigValue(text: url, location: variable))
            }
        }
        let section = profile?["services"].flatMap { settings.shared.services[$0.text] }
        let value = section?.properties[service.lowercased()]?.nested["endpoint_url"]
        return (value ?? profile?["endpoint_url"]).map { ConfiguredEndpoint(value: $0) }
    }
}

extension ChainSettings {
    var usesFIPS: Bool { isSet("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint") }
    var usesDualStack: Bool { isSet("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint") }

    /// The host of a regional service, by the rule that the endpoint rule sets of STS, the SSO portal (`portal.sso`)
    /// and SSO's OIDC service (`oidc`) share.
    func host(of service: String, region: String, _ partition: Partition) -> String {
        // GovCloud's ordinary hosts are FIPS hosts.
        let isOrdinary = !usesFIPS || (partition.id == "aws-us-gov" && !usesDualStack)
        let suffix = usesDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        return "\(isOrdinary ? service : service + "-fips").\(region).\(suffix)"
    }
}

extension STSEndpoint {
    /// The endpoint the AWS CLI v2 asks: a configured one, else the regional host, else (no region known) the global
    /// one. A configured endpoint wins over FIPS and dual-stack, as in the CLI; other SDKs refuse the combination.
    /// - Throws: `Failure` when the region or the configured URL can't be used.
    static func resolve(_ settings: ChainSettings, profile: ConfigSection?) throws(Failure) -> STSEndpoint {
        let region = settings.region
        if let region, Partition.ofRegion(region.name) == nil {
            throw Failure(
                "'\(region.name)' (\(region.location)) is not the name of a region",
                remedy: "Set it to one such as us-east-1", category: .usage)
        }
        if let configured = ConfiguredEndpoint.find("STS", settings, profile: profile) {
            return try resolve(configured.value, region)
        }
        guard let region, !region.name.hasSuffix("-global"), let partition = Partition.ofRegion(region.name) else {
            return region.map { .global(of: $0) } ?? .global
        }
        let extras = [
            settings.usesFIPS ? "FIPS" : nil, settings.usesDualStack ? "dual-stack" : nil,
        ].compactMap { $0 }
        let why = extras.isEmpty ? "" : ", \(extras.joined(separator: " and ")) switched on"
        return STSEndpoint(
            url: "https://\(settings.host(of: "sts", region: region.name, partition))", signingRegion: region.name,
            origin: "the endpoint of the region \(region.name) (\(region.location))\(why)")
    }

    private static func resolve(_ value: ConfigValue, _ region: RegionChoice?) throws(Failure) -> STSEndpoint {
        guard let url = EndpointURL(value.text), url.query.isEmpty else {
            throw Failure(
                "The endpoint '\(value.text)' of \(value.location) is not a base URL",
                remedy: "Write it as https://host, without a query", category: .usage)
        }
        let signingRegion = region.map { $0.name.hasSuffix("-global") ? "us-east-1" : $0.name } ?? "us-east-1"
        return STSEndpoint(
            url: "\(url.scheme)://\(url.authority)\(url.path)", signingRegion: signingRegion,
            origin: "set by \(value.location)")
    }

    /// `aws-global` and its like stand for a partition's global services.
    private static func global(of region: RegionChoice) -> STSEndpoint {
        guard let partition = Partition.ofRegion(region.name), partition.id != "aws" else {
            return STSEndpoint(
                url: global.url, signingRegion: global.signingRegion,
                origin: "the global endpoint, as the region is \(region.name) (\(region.location))")
        }
        return STSEndpoint(
            url: "https://\(partition.stsHost(region: partition.globalRegion))",
            signingRegion: partition.globalRegion,
            origin: "the partition's own endpoint, as the region is \(region.name) (\(region.location))")
    }
}

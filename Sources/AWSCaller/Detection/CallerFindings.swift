import FoundationEssentials

/// Derives what a person should know from what was found, without asking anybody.
struct CallerFindings {
    let settings: ChainSettings
    let caller: DetectedCaller

    private var resolution: CredentialResolution { caller.resolution }
    private var environment: Environment { settings.environment }

    /// Warnings first.
    var all: [CallerFinding] {
        let found =
            resolution.reports.flatMap(\.findings)
            + [
                missingProfile, environmentBeatsProfile, halfPair, halfPairInProfile, workloadIdentities, expired,
                clock, endpointOverride, clearText,
                partition, missingRegion, hopLimit, noInstanceRole, ssoSignIn,
            ].compactMap { $0 } + otherEndpoints + principal
        return found.filter { $0.severity == .warning } + found.filter { $0.severity == .note }
    }

    private func warning(_ text: String, _ remedy: String) -> CallerFinding {
        CallerFinding(severity: .warning, text: text, remedy: remedy)
    }

    private func note(_ text: String, _ remedy: String = "") -> CallerFinding {
        CallerFinding(severity: .note, text: text, remedy: remedy)
    }

    private var environmentBeatsProfile: CallerFinding? {
        guard resolution.winner == .environment, [.variable, .olderVariable].contains(resolution.profile.reason)
        else { return nil }
        let name = resolution.profile.name
        return warning(
            "\(resolution.profile.reason.rawValue) names '\(name)', but the keys in the environment win",
            "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN, or give --profile \(name)")
    }

    private var missingProfile: CallerFinding? {
        settings.missingProfile.map { warning($0.what, $0.remedy) }
    }

    private var halfPairInProfile: CallerFinding? {
        guard let profile = settings.profile, let secret = profile["aws_secret_access_key"],
            profile["aws_access_key_id"] == nil
        else { return nil }
        return warning(
            "Half a key pair in the profile '\(profile.name)': aws_secret_access_key (\(secret.location)) without "
                + "aws_access_key_id, so it is not used", "Add aws_access_key_id beside it, or remove it")
    }

    private var halfPair: CallerFinding? {
        guard environment["AWS_SECRET_ACCESS_KEY"] != nil, environment["AWS_ACCESS_KEY_ID"] == nil else { return nil }
        return warning(
            "Half a key pair in the environment: AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID, so it is not used",
            "Set AWS_ACCESS_KEY_ID too, or unset AWS_SECRET_ACCESS_KEY")
    }

    private var workloadIdentities: CallerFinding? {
        guard environment["AWS_WEB_IDENTITY_TOKEN_FILE"] != nil else { return nil }
        let endpoints = [
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "the ECS task role"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "EKS Pod Identity"),
        ]
        guard let (variable, name) = endpoints.first(where: { environment[$0.0] != nil }) else { return nil }
        return warning(
            "Both IRSA (AWS_WEB_IDENTITY_TOKEN_FILE) and \(name) (\(variable)) are configured; IRSA comes first",
            "Remove the service account's role annotation (eks.amazonaws.com/role-arn) to use \(name)")
    }

    private var expired: CallerFinding? {
        guard let expiry = resolution.credentials?.expiration, expiry <= settings.context.now(),
            let winner = resolution.winner
        else { return nil }
        let text = "The credentials expired at \(AmzDate.format(expiry)) and are still handed out"
        return warning(
            "\(text) by: \(winner.title)",
            winner == .imds ? "The service renews them by itself; try again later" : "Get new credentials")
    }

    private var clock: CallerFinding? {
        guard let difference = caller.answer?.clockDifference, ClockSkew.isTooFar(difference) else { return nil }
        return warning(
            "This host's clock is \(ClockSkew.words(difference)) AWS's: signatures made here will be refused",
            "Set the clock (chronyd, systemd-timesyncd)")
    }

    private var endpointOverride: CallerFinding? {
        guard let value = ConfiguredEndpoint.find("STS", settings, profile: settings.profile)?.value else {
            return nil
        }
        return elsewhere("STS", value)
    }

    /// A service is asked elsewhere than at AWS. On this host that is a stand-in, which somebody started here.
    private func elsewhere(_ name: String, _ value: ConfigValue) -> CallerFinding {
        let text = "\(name) is asked at \(value.text), set by \(value.location), not at AWS's own address"
        let isHere = EndpointURL(value.text).map { LocalAddress.isContainerHost($0.host) } ?? false
        return isHere ? note(text, "Unset it unless it is meant") : warning(text, "Unset it unless it is meant")
    }

    private var clearText: CallerFinding? {
        guard let url = caller.endpoint.flatMap({ EndpointURL($0.url) }), url.scheme == "http",
            !LocalAddress.isContainerHost(url.host)
        else { return nil }
        return warning(
            "Requests to \(url.host) go over plain http: the session token can be read on the way", "Use https")
    }

    private var partition: CallerFinding? {
        guard let identity = caller.answer?.identity, let region = caller.region,
            let expected = Partition.ofRegion(region.name), identity.partition != expected.id
        else { return nil }
        return warning(
            "The credentials are of the partition \(identity.partition), but the region \(region.name) "
                + "(\(region.location)) lies in \(expected.id)", "Set a region of \(identity.partition)")
    }

    private var missingRegion: CallerFinding? {
        guard caller.region == nil, resolution.credentials != nil else { return nil }
        return note("No region is set, so the global STS endpoint is asked", "Set AWS_REGION where a region is needed")
    }

    private var hopLimit: CallerFinding? {
        for report in resolution.reports where report.source == .imds {
            guard case .failed(let failure) = report.outcome, failure.what.contains("did not answer within") else {
                continue
            }
            return warning(failure.what, failure.remedy)
        }
        return nil
    }

    private var noInstanceRole: CallerFinding? {
        guard let report = resolution.reports.first(where: { $0.source == .imds }),
            case .notConfigured(let reason) = report.outcome,
            reason == InstanceMetadataSource.noRole
        else { return nil }
        return warning(
            "This is an EC2 instance without a role: no instance profile is attached to it",
            "aws ec2 associate-iam-instance-profile, or set AWS_PROFILE")
    }

    /// Shadowed or not, a sign-in that has ended is told with the command that renews it.
    private var ssoSignIn: CallerFinding? {
        guard let report = resolution.reports.first(where: { $0.source == .sso }) else { return nil }
        let failure: Failure? =
            if case .failed(let failure) = report.outcome {
                failure
            } else if case .failed(let failure)? = report.probe {
                failure
            } else {
                nil
            }
        guard let failure, failure.remedy.contains("aws sso login") else { return nil }
        return warning(failure.what, failure.remedy)
    }

    /// Endpoints of the winner's own services that are not AWS's.
    private var otherEndpoints: [CallerFinding] {
        var values: [(String, ConfigValue)] = []
        switch resolution.winner {
        case .sso:
            for service in ["SSO", "SSO_OIDC"] {
                guard let found = ConfiguredEndpoint.find(service, settings, profile: settings.profile) else {
                    continue
                }
                values.append((service == "SSO" ? "The SSO portal" : "The SSO sign-in service", found.value))
            }
        case .imds:
            let custom = settings.setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
            if let custom { values.append(("The metadata service", custom)) }
        default: break
        }
        return values.map { elsewhere($0, $1) }
    }

    private var principal: [CallerFinding] {
        guard let identity = caller.answer?.identity else { return [] }
        switch identity.kind {
        case .root:
            return [
                warning(
                    "The caller is the account's root user",
                    "Use a role: root keys can't be limited and should not exist")
            ]
        case .federatedUser:
            return [
                warning(
                    "The caller is a federated user: its name is chosen at sign-in, so no safe identity can match it",
                    "Use a role instead")
            ]
        case .assumedRole:
            guard let set = identity.permissionSet else { return [] }
            return [
                note(
                    "The role belongs to IAM Identity Center, permission set \(set); its suffix changes when the set "
                        + "is provisioned again", "Match the role by a pattern that leaves the suffix open")
            ]
        case .user, .other: return []
        }
    }
}

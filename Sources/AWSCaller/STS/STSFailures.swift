import FoundationEssentials
import Transport

/// STS's refusals in plain words (STS API Reference, "Common Errors").
enum STSFailures {
    /// - Parameter clockDifference: the server's clock minus this host's.
    static func failure(
        status: Int, document: STSAnswer.ErrorDocument?, endpoint: STSEndpoint, action: String,
        clockDifference: Duration?
    ) -> Failure {
        guard let document else {
            return Failure(
                "STS at \(endpoint.url) answered \(action) with status \(status) and no error document",
                remedy: status >= 500
                    ? "Try again in a moment" : "Check that this is an STS endpoint: it is \(endpoint.origin)")
        }
        let words = document.message.isEmpty ? document.code : "\(document.code): \(bounded(document.message))"
        if let clock = clockProblem(document, clockDifference) {
            return Failure(clock, remedy: "Set the clock (chronyd, systemd-timesyncd), then try again", detail: words)
        }
        let (what, remedy, category) = meaning(document.code, action: action, endpoint: endpoint)
        return Failure(what ?? "STS refused \(action)", remedy: remedy, detail: words, category: category)
    }

    static func unreachable(_ error: TransportError, endpoint: STSEndpoint) -> Failure {
        if error.reason == .cancelled { return Failure("Cancelled", category: .cancelled) }
        let remedy =
            switch error.reason {
            case .unknownHost: "Check the region and DNS: the endpoint is \(endpoint.origin)"
            case .tls: "Check the host's trusted certificates, a proxy that inspects TLS, and the clock"
            case .insecureURL: "Use https, or plain http on this host only"
            default: "Check the network, the proxy variables and the endpoint, which is \(endpoint.origin)"
            }
        return Failure(
            "STS at \(endpoint.url) did not answer: \(error.reason.words)", remedy: remedy, detail: error.detail)
    }

    private static func clockProblem(_ document: STSAnswer.ErrorDocument, _ difference: Duration?) -> String? {
        let complainsOfTime =
            ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"].contains(document.code)
            || document.message.hasPrefix("Signature expired")
            || document.message.hasPrefix("Signature not yet current")
        if let difference, abs(difference.seconds) > 300 {
            return "This host's clock is \(ClockSkew.words(difference)) AWS's, so signatures made here are refused"
        }
        return complainsOfTime ? "STS says that the signature's date is too far from its own clock" : nil
    }

    private static func meaning(
        _ code: String, action: String, endpoint: STSEndpoint
    ) -> (String?, String, Failure.Category) {
        switch code {
        case "ExpiredTokenException" where action == "AssumeRoleWithWebIdentity":
            (
                "The web identity token has expired",
                "Check that something renews the token file: the kubelet renews a projected token, nobody a copy",
                .noCredentials
            )
        case "InvalidIdentityToken":
            (
                "STS does not accept the web identity token",
                "Check the token's issuer and audience, and the account's identity provider for that issuer",
                .noCredentials
            )
        case "IDPRejectedClaim", "IDPCommunicationError":
            ("STS could not check the web identity token", "Check that AWS can reach its issuer", .noCredentials)
        case "AccessDenied" where action.hasPrefix("AssumeRole"):
            (
                nil,
                "Check the role's ARN and trust policy (its external id too), and the caller's own policies",
                .notAllowed
            )
        case "ValidationError" where action.hasPrefix("AssumeRole"):
            (nil, "Correct the role's settings in the profile", .noCredentials)
        case "InvalidClientTokenId", "UnrecognizedClientException":
            (
                "AWS does not know this access key at \(endpoint.url)",
                "Check that the key still exists, that temporary keys come with their session token, and that the "
                    + "endpoint is in the key's own partition", .noCredentials
            )
        case "SignatureDoesNotMatch":
            (
                "The secret access key does not belong to the access key id",
                "Copy both again from where they were issued", .noCredentials
            )
        case "ExpiredToken", "ExpiredTokenException":
            ("The session token has expired", "Get new temporary credentials from the same source", .noCredentials)
        case "IncompleteSignature", "MissingAuthenticationToken":
            (
                "STS could not read the signature",
                "Check that no proxy changes the request's headers", .service
            )
        case "AccessDenied", "AccessDeniedException":
            (nil, "Ask who owns the account: an organization's policy or a trust policy forbids it", .notAllowed)
        case "OutboundWebIdentityFederationDisabled", "OutboundWebIdentityFederationDisabledException":
            (
                "This account has outbound identity federation switched off",
                "Have the account's owner switch it on (aws iam enable-outbound-web-identity-federation), or use a signed "
                    + "request instead", .notAllowed
            )
        case "OptInRequired", "RegionDisabledException", "RegionDisabled":
            (
                "STS in \(endpoint.signingRegion) is not switched on for this account",
                "Set another region, or have the account's owner enable it", .service
            )
        case "ServiceUnavailable", "InternalFailure": ("STS is busy", "Try again in a moment", .service)
        case _ where isThrottling(code): ("STS is busy", "Try again in a moment", .service)
        default: (nil, "", .service)
        }
    }

    static func isThrottling(_ code: String) -> Bool {
        ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"].contains(code)
    }

    static func bounded(_ text: String, to limit: Int = 500) -> String {
        text.count > limit ? String(text.prefix(limit)) + "…" : text
    }
}

/// Clock differences in words.
package enum ClockSkew {
    /// As in `12 min behind`, to be followed by whose clock it is compared with; `the same as` within two seconds.
    /// - Parameter difference: the other clock minus this host's.
    package static func words(_ difference: Duration) -> String {
        let seconds = difference.wholeMilliseconds / 1000
        guard abs(seconds) >= 2 else { return "the same as" }
        return "\(TimeText.rough(abs(seconds))) \(seconds > 0 ? "behind" : "ahead of")"
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension TransportError.Reason {
    /// What happened, in a few words.
    var words: String {
        switch self {
        case .invalidURL: "the address is not valid"
        case .insecureURL: "plain http is not allowed to that host"
        case .unknownHost: "the host name is unknown"
        case .connectionRefused: "the connection was refused"
        case .connectionFailed: "the connection failed"
        case .connectTimeout: "connecting timed out"
        case .timeout: "the answer timed out"
        case .tls: "TLS failed"
        case .answerTooLarge: "the answer is too large"
        case .malformedAnswer: "the answer is not HTTP"
        case .cancelled: "cancelled"
        }
    }
}

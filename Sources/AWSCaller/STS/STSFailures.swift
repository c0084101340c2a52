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
        if let clock = clockDifference.flatMap({ Problem.clock($0, whose: "AWS's", detail: words) }) { return clock }
        if complainsOfTime(document) {
            return Failure(
                "STS says that the signature's date is too far from its own clock",
                remedy: "Set the clock (timedatectl set-ntp true), then try again", detail: words)
        }
        if let (what, remedy, category) = special(document.code, action: action) {
            return Failure(what ?? "STS refused \(action)", remedy: remedy, detail: words, category: category)
        }
        guard let problem = Problem.ofSTS(document.code) else {
            return Failure("STS refused \(action)", detail: words)
        }
        return problem.failure(
            ["action": action, "endpoint": endpoint.url, "region": endpoint.signingRegion], detail: words)
    }

    static func unreachable(_ error: TransportError, endpoint: STSEndpoint) -> Failure {
        var failure = Failure(unreachable: error, service: "AWS STS")
        guard failure.category != .cancelled else { return failure }
        failure.remedy += " (the endpoint is \(endpoint.origin))"
        return failure
    }

    /// STS refuses a signature's date under the code of a wrong signature.
    private static func complainsOfTime(_ document: STSAnswer.ErrorDocument) -> Bool {
        ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"].contains(document.code)
            || document.message.hasPrefix("Signature expired")
            || document.message.hasPrefix("Signature not yet current")
    }

    /// What is refused only to those who assume a role or ask for a JWT about themselves.
    private static func special(_ code: String, action: String) -> (String?, String, Failure.Category)? {
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
        case "OutboundWebIdentityFederationDisabled", "OutboundWebIdentityFederationDisabledException":
            (
                "This account has outbound identity federation switched off",
                "Have the account's owner switch it on (aws iam enable-outbound-web-identity-federation), or use a signed "
                    + "request instead", .notAllowed
            )
        case "AccessDenied" where action == "GetWebIdentityToken":
            (nil, "Have a policy allow sts:GetWebIdentityToken, or use the signed request", .notAllowed)
        case "ValidationError" where action.hasPrefix("AssumeRole"):
            (nil, "Correct the role's settings in the profile", .noCredentials)
        default: nil
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

    /// Whether it is more than the 5 minutes that the services allow.
    static func isTooFar(_ difference: Duration) -> Bool { abs(difference.seconds) > 300 }
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
        case .proxyAuthentication: "the proxy wants a name and a password"
        case .proxyRefused: "the proxy opens no way"
        case .timeout: "the answer timed out"
        case .untrustedCertificate: "the certificate is not trusted"
        case .expiredCertificate: "the certificate has expired"
        case .earlyCertificate: "the certificate is not yet valid"
        case .wrongHostName: "the certificate is another host's"
        case .tls: "TLS failed"
        case .answerTooLarge: "the answer is too large"
        case .malformedAnswer: "the answer is not HTTP"
        case .cancelled: "cancelled"
        }
    }
}

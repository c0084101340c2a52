/// Why a token is not accepted: the verdicts of Chainguard's verifier (`chainguard.dev/sdk/auth/aws`).
public struct VerificationError: Error, Sendable, Hashable {
    /// Stable, for scripts; spelt as `cgid token verify -o json` spells them.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Not padded base64url, not an HTTP request, or an unreadable date.
        case invalidEncoding = "invalid_encoding"
        /// A header twice that must be there once, another method than POST, or another host.
        case invalidRequest = "invalid_request"
        /// Host, date, audience and identity are not all covered by the signature.
        case unsignedBindingHeaders = "unsigned_binding_headers"
        case invalidAudience = "invalid_audience"
        case invalidIdentity = "invalid_identity"
        /// Older than 15 minutes.
        case expired
        /// Further ahead of the verifier's clock than the allowed skew.
        case futureDated = "future_dated"
        /// STS answered, but not with 200.
        case rejected
        /// The verifier's own options are unusable; the token was not looked at.
        case invalidConfiguration = "invalid_configuration"
        /// STS could not be asked, or gave an answer that can't be read: no verdict.
        case stsUnavailable = "sts_unavailable"
    }

    /// Which check failed.
    public var code: Code
    /// One sentence for people, free of secrets.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension VerificationError: CustomStringConvertible {
    public var description: String { "\(message) (\(code.rawValue))" }
}

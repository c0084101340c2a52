import AWSCaller
import FoundationEssentials
import Transport

/// The verifier's local steps, one by one, in the order in which Chainguard's takes them.
struct TokenChecks: Sendable {
    enum Step: CaseIterable {
        case readable
        case single
        case addressed
        case signed
        case audience
        case identity
        case dated
        case timely

        var title: String {
            switch self {
            case .readable: "Base64url holds an HTTP request"
            case .single: "No decisive header comes twice"
            case .addressed: "POST to the expected STS host"
            case .signed: "Host, date, audience and identity are signed"
            case .audience: "The audience is an allowed one"
            case .identity: "The identity is the expected one"
            case .dated: "X-Amz-Date is readable"
            case .timely: "The date is within 15 minutes"
            }
        }
    }

    /// What the steps so far have found out.
    struct Progress {
        let token: String
        let now: Date
        var bytes: [UInt8] = []
        var request: GoRequest?
        var date: GoTimestamp?

        init(token: String, now: Date) {
            self.token = token
            self.now = now
        }
    }

    private let audiences: Set<[UInt8]>
    private let identity: [UInt8]
    private let stsHost: [UInt8]
    private let clockSkew: Duration

    /// `SignedHeaders` must hold these.
    static let bindingHeaders = [
        TokenHeader.host, TokenHeader.date, TokenHeader.audience, TokenHeader.identity,
    ]

    init(_ options: TokenVerifier.Options) throws(VerificationError) {
        identity = GoHeader.canonicalValue(Array(options.identity.utf8))
        audiences = Set(options.audiences.map { GoHeader.canonicalValue(Array($0.utf8)) })
        stsHost = Array(options.stsHost.utf8)
        clockSkew = options.clockSkew
        guard !identity.isEmpty else {
            throw VerificationError(.invalidConfiguration, "The identity to expect must be given")
        }
        guard !audiences.isEmpty else {
            throw VerificationError(.invalidConfiguration, "At least one audience must be allowed")
        }
        guard !stsHost.isEmpty else {
            throw VerificationError(.invalidConfiguration, "The STS host must not be empty")
        }
        guard clockSkew >= .zero else {
            throw VerificationError(.invalidConfiguration, "The clock skew must not be negative")
        }
    }

    /// - Precondition: every step before it was taken and passed.
    func take(_ step: Step, _ progress: inout Progress) throws(VerificationError) {
        switch step {
        case .readable: try read(&progress)
        case .single: try checkSingle(progress.request)
        case .addressed: try checkAddress(progress.request)
        case .signed: try checkSigned(progress.request)
        case .audience: try checkAudience(progress.request)
        case .identity: try checkIdentity(progress.request)
        case .dated: progress.date = try date(progress.request)
        case .timely: try checkTime(progress)
        }
    }

    func checked(_ progress: Progress) throws(VerificationError) -> CheckedToken {
        guard let request = progress.request, let date = progress.date else {
            throw VerificationError(.invalidEncoding, "The token was not read")
        }
        return CheckedToken(
            request: TokenRequest(request, raw: progress.bytes),
            audience: text(GoHeader.canonicalValue(request.value(TokenHeader.audience))),
            identity: text(GoHeader.canonicalValue(request.value(TokenHeader.identity))),
            signedAt: date.date, forwardedHeaders: TokenSTS.forwardedHeaders(request),
            obstacle: GoForwarding.obstacle(request))
    }

    /// What a passed step has found, for showing.
    func detail(_ step: Step, _ progress: Progress) -> String {
        guard let request = progress.request else { return "" }
        switch step {
        case .readable: return "\(progress.bytes.count) bytes, \(request.fields.count) headers"
        case .single: return "Authorization, X-Amz-Date, Chainguard-Audience, Chainguard-Identity"
        case .addressed: return "\(request.method) \(text(request.host))"
        case .signed:
            let signed = GoHeader.signedHeaders(request.value(TokenHeader.authorization)) ?? []
            return signed.map(text).joined(separator: ";")
        case .audience: return text(GoHeader.canonicalValue(request.value(TokenHeader.audience)))
        case .identity: return text(GoHeader.canonicalValue(request.value(TokenHeader.identity)))
        case .dated: return text(request.value(TokenHeader.date))
        case .timely:
            guard let date = progress.date else { return "" }
            let now = GoTimestamp(progress.now)
            return date > now ? "\(age(now, date.date)) ahead of the clock" : "\(age(date, progress.now)) old"
        }
    }

    private func read(_ progress: inout Progress) throws(VerificationError) {
        guard let bytes = GoBase64.decode(progress.token.utf8) else {
            throw VerificationError(.invalidEncoding, "The token is not padded base64url")
        }
        progress.bytes = bytes
        do {
            progress.request = try GoRequest(bytes)
        } catch {
            throw VerificationError(
                .invalidEncoding, "The token holds no HTTP request: \(error.reason) (byte \(error.offset))")
        }
    }

    private func checkSingle(_ request: GoRequest?) throws(VerificationError) {
        let names = [TokenHeader.authorization, TokenHeader.date, TokenHeader.audience, TokenHeader.identity]
        for name in names where (request?.values(name).count ?? 0) > 1 {
            throw VerificationError(.invalidRequest, "The header \(name) comes more than once")
        }
    }

    private func checkAddress(_ request: GoRequest?) throws(VerificationError) {
        let method = request?.method ?? ""
        guard method == "POST" else {
            throw VerificationError(.invalidRequest, "The method is \(method), not POST")
        }
        let host = request?.host ?? []
        guard host == stsHost else {
            let found = host.isEmpty ? "The request names no host" : "The host is \(text(host))"
            throw VerificationError(.invalidRequest, "\(found), expected is \(text(stsHost))")
        }
    }

    private func checkSigned(_ request: GoRequest?) throws(VerificationError) {
        let signed = GoHeader.signedHeaders(request?.value(TokenHeader.authorization) ?? []) ?? []
        let missing = Self.bindingHeaders.map { $0.lowercased() }.filter { !signed.contains(Array($0.utf8)) }
        guard missing.isEmpty else {
            throw VerificationError(
                .unsignedBindingHeaders, "The signature does not cover \(missing.joined(separator: ", "))")
        }
    }

    private func checkAudience(_ request: GoRequest?) throws(VerificationError) {
        let audience = GoHeader.canonicalValue(request?.value(TokenHeader.audience) ?? [])
        guard audiences.contains(audience) else {
            let allowed = audiences.map(text).sorted().joined(separator: ", ")
            throw VerificationError(
                .invalidAudience, "The token is for “\(text(audience))”, allowed is \(allowed)")
        }
    }

    private func checkIdentity(_ request: GoRequest?) throws(VerificationError) {
        let found = GoHeader.canonicalValue(request?.value(TokenHeader.identity) ?? [])
        guard found == identity else {
            throw VerificationError(
                .invalidIdentity, "The token names the identity “\(text(found))”, expected is \(text(identity))")
        }
    }

    private func date(_ request: GoRequest?) throws(VerificationError) -> GoTimestamp {
        let value = request?.value(TokenHeader.date) ?? []
        guard let date = GoTimestamp(amzDate: value) else {
            throw VerificationError(
                .invalidEncoding, "X-Amz-Date “\(text(value))” is not of the form 20150830T123600Z")
        }
        return date
    }

    private func checkTime(_ progress: Progress) throws(VerificationError) {
        guard let date = progress.date else { return }
        let now = GoTimestamp(progress.now)
        if date > now.adding(clockSkew) {
            throw VerificationError(
                .futureDated, "The token's date is \(age(now, date.date)) ahead of the clock")
        }
        if date.adding(CallerTokenGenerator.lifetime) < now {
            throw VerificationError(.expired, "The token is \(age(date, progress.now)) old, 15 minutes are allowed")
        }
    }

    private func age(_ date: GoTimestamp, _ now: Date) -> String {
        TimeText.exact(Int(GoTimestamp(now).seconds - date.seconds))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// What a part of a token is, told to a person who sees one for the first time.
public struct TokenPartExplanation: Sendable, Hashable {
    /// What it is called: `Signature`, `Header Chainguard-Audience`.
    public var title: String
    public var what: String
    /// Who looks at it, and where it comes from if nobody does.
    public var checkedBy: String
    public var ifWrong: String
}

extension TokenParts.Kind {
    /// - Returns: `nil` for what only separates.
    public var explanation: TokenPartExplanation? {
        switch self {
        case .method:
            TokenPartExplanation(
                title: "Method", what: "How STS is called.", checkedBy: "Chainguard: it must be POST; STS as signed.",
                ifWrong: "Any other method is refused as invalid_request, before STS is asked.")
        case .path:
            TokenPartExplanation(
                title: "Path", what: "The place at STS; the query API has only /.",
                checkedBy: "Nobody but the signature: Chainguard sends its own request for /.",
                ifWrong: "Another path was signed than is sent, so STS answers SignatureDoesNotMatch: rejected.")
        case .query:
            TokenPartExplanation(
                title: "Query", what: "The call: GetCallerIdentity, in the API version of 2011-06-15.",
                checkedBy: "Nobody but the signature: Chainguard sends its own call.",
                ifWrong: "The signature is for another call, so STS refuses it: rejected.")
        case .version:
            TokenPartExplanation(
                title: "HTTP version", what: "HTTP/1.1. It is not signed.",
                checkedBy: "Chainguard's reader: one digit, a dot, one digit.",
                ifWrong: "HTTP/2, as curl writes without --http1.1, is refused as invalid_encoding.")
        case .headerName(let name): Self.header(name)
        case .headerValue(let name): Self.value(name)
        case .body:
            TokenPartExplanation(
                title: "Body", what: "What follows the empty line; a good token has none.",
                checkedBy: "Nobody reads it, but its hash is part of what was signed.",
                ifWrong: "Chainguard sends no body, so STS refuses a signature over one: rejected.")
        case .punctuation: nil
        default: authorization
        }
    }

    private var authorization: TokenPartExplanation? {
        switch self {
        case .algorithm:
            TokenPartExplanation(
                title: "Signing algorithm", what: "Signature Version 4: HMAC with SHA-256.",
                checkedBy: "STS.", ifWrong: "STS does not know the signature's form: rejected.")
        case .accessKey:
            TokenPartExplanation(
                title: "Access key id", what: "Names the key that signed: AKIA… lasts, ASIA… ends with its session.",
                checkedBy: "STS, which looks up whose key it is: that becomes the caller.",
                ifWrong: "STS answers InvalidClientTokenId: rejected. Keys of another partition are unknown too.")
        case .scopeDate:
            TokenPartExplanation(
                title: "Scope: day", what: "The day, in UTC, that the signing key was derived for.",
                checkedBy: "STS: it must be the day of X-Amz-Date.", ifWrong: "STS refuses the signature: rejected.")
        case .scopeRegion:
            TokenPartExplanation(
                title: "Scope: region", what: "The region that the signing key was derived for.",
                checkedBy: "STS: the global host sts.amazonaws.com takes us-east-1 only.",
                ifWrong: "STS answers that the credential should be scoped to another region: rejected.")
        case .scopeService:
            TokenPartExplanation(
                title: "Scope: service", what: "The service that the signing key was derived for: sts.",
                checkedBy: "STS.", ifWrong: "A signature for another service, S3 say, is worth nothing here: rejected.")
        case .scopeTerminator:
            TokenPartExplanation(
                title: "Scope: end", what: "The fixed end of every scope, aws4_request.", checkedBy: "STS.",
                ifWrong: "STS refuses the signature: rejected.")
        case .signedHeaders:
            TokenPartExplanation(
                title: "Signed headers",
                what: "The headers that the signature covers and so protects.",
                checkedBy: "Chainguard: host, x-amz-date, chainguard-audience and chainguard-identity must be here.",
                ifWrong: "With one of them missing it is refused as unsigned_binding_headers.")
        case .signature:
            TokenPartExplanation(
                title: "Signature",
                what: "The proof that the holder of the secret key made this request. The key itself is not in it.",
                checkedBy: "STS, which alone can compute it anew; Chainguard asks it last.",
                ifWrong: "STS answers SignatureDoesNotMatch: rejected. One changed byte above is enough.")
        default: nil
        }
    }

    private static func header(_ name: String) -> TokenPartExplanation {
        let lowered = name.lowercased()
        let meaning = value(lowered)
        return TokenPartExplanation(
            title: "Header \(name)", what: meaning.what, checkedBy: meaning.checkedBy, ifWrong: meaning.ifWrong)
    }

    private static func value(_ name: String) -> TokenPartExplanation {
        known[name]
            ?? TokenPartExplanation(
                title: "Value of \(name)", what: "A header that a caller token does not need.",
                checkedBy: "Nobody, unless it is signed; then STS misses it, for Chainguard sends only what it knows.",
                ifWrong: "Signed, it makes STS refuse the signature: rejected. Unsigned, it changes nothing.")
    }

    private static let known: [String: TokenPartExplanation] = [
        "host": TokenPartExplanation(
            title: "STS host", what: "Where the request is addressed to: sts.amazonaws.com.",
            checkedBy: "Chainguard: exactly the host that it was set up for, by default the global one.",
            ifWrong: "A regional, FIPS or other partition's host is refused as invalid_request."),
        "accept": TokenPartExplanation(
            title: "Accept", what: "Asks STS to answer in JSON.",
            checkedBy: "STS. Chainguard reads nothing but JSON.",
            ifWrong: "Without it STS answers in XML, which Chainguard cannot read."),
        "authorization": TokenPartExplanation(
            title: "Authorization", what: "Who signed, for what, which headers, and the signature.",
            checkedBy: "Chainguard reads SignedHeaders; STS checks all of it.",
            ifWrong: "Twice: invalid_request. Absent or of another form: unsigned_binding_headers."),
        "chainguard-audience": TokenPartExplanation(
            title: "Audience", what: "Who may accept the token: Chainguard's issuer, by its URL.",
            checkedBy: "Chainguard: one of the audiences that it allows, to the letter.",
            ifWrong: "A slash at the end is enough to be refused as invalid_audience."),
        "chainguard-identity": TokenPartExplanation(
            title: "Identity", what: "The identity that the caller wants to become, by its UIDP.",
            checkedBy: "Chainguard: the identity that the exchange asks for; it is signed, so it can't be swapped.",
            ifWrong: "A token for another identity is refused as invalid_identity."),
        "x-amz-date": TokenPartExplanation(
            title: "Date", what: "When it was signed, in UTC. It counts for 15 minutes from here.",
            checkedBy: "Chainguard: at most 15 minutes old, at most 5 minutes ahead; STS as well.",
            ifWrong: "Older: expired. Further ahead: future_dated. Another form: invalid_encoding."),
        "x-amz-security-token": TokenPartExplanation(
            title: "Session token", what: "Belongs to temporary keys (ASIA…); long-term keys have none.",
            checkedBy: "STS. Empty is not the same as absent.",
            ifWrong: "Ended or of another session, STS answers ExpiredToken or InvalidClientTokenId: rejected."),
        "content-length": TokenPartExplanation(
            title: "Content-Length", what: "The size of the body: 0. Go's writer adds it, unsigned.",
            checkedBy: "Chainguard's reader of requests.", ifWrong: "What is no number is refused as invalid_encoding."),
        "user-agent": TokenPartExplanation(
            title: "User-Agent", what: "The program that made the request. Not needed, not signed.",
            checkedBy: "Nobody; it is not sent on.", ifWrong: "Nothing happens."),
    ]
}

import AWSCaller

/// The text of a token's request cut into parts, in order and without a gap: what a person can point at.
///
/// Any text is cut, however malformed; what follows no rule is ``Kind/punctuation`` or the nearest value.
public struct TokenParts: Sendable, Hashable {
    /// A stretch of the token's text and what it is.
    public struct Part: Sendable, Hashable {
        public var kind: Kind
        /// UTF-8 offsets in the text.
        public var range: Range<Int>
        /// Whether the signature covers it.
        public var isSigned: Bool
        /// Whether it lets somebody in, or could: to be masked.
        public var isSecret: Bool
    }

    /// What a part of the request is.
    public enum Kind: Sendable, Hashable {
        case method, path, query, version
        /// The name as it is written.
        case headerName(String)
        /// The name in lower case.
        case headerValue(String)
        case algorithm, accessKey, scopeDate, scopeRegion, scopeService, scopeTerminator, signedHeaders, signature
        case body
        /// What only separates: spaces, colons, line ends.
        case punctuation
    }

    /// The request as it stood in the token.
    public let text: Secret
    public let parts: [Part]

    public init(_ request: TokenRequest) {
        text = request.raw
        var cutter = TokenCutter(Array(request.raw.reveal().utf8), signed: request.authorization?.signedHeaders ?? [])
        cutter.cut()
        parts = cutter.parts
    }

    /// The part's own text. Of a secret part, a secret.
    public func text(of part: Part) -> String {
        let utf8 = text.reveal().utf8
        let start = utf8.index(utf8.startIndex, offsetBy: part.range.lowerBound)
        return String(decoding: utf8[start...].prefix(part.range.count), as: UTF8.self)
    }
}

/// Walks through the request once, cutting as it goes.
private struct TokenCutter {
    let bytes: [UInt8]
    let signed: Set<String>
    private(set) var parts: [TokenParts.Part] = []
    private var offset = 0

    init(_ bytes: [UInt8], signed: [String]) {
        self.bytes = bytes
        self.signed = Set(signed)
    }

    mutating func cut() {
        cutRequestLine(until: endOfLine())
        skipLineEnd()
        var name = ""
        while offset < bytes.count {
            let end = endOfLine()
            if end == offset {
                skipLineEnd()
                break
            }
            cutHeader(until: end, &name)
            skipLineEnd()
        }
        take(.body, to: bytes.count)
    }

    private mutating func cutRequestLine(until end: Int) {
        take(.method, to: next(0x20, before: end))
        take(.punctuation, to: skipping([0x20], before: end))
        let target = next(0x20, before: end)
        take(.path, to: next(UInt8(ascii: "?"), before: target))
        if offset < target { take(.punctuation, to: offset + 1) }
        take(.query, to: target)
        take(.punctuation, to: skipping([0x20], before: end))
        take(.version, to: end)
    }

    /// A line that begins with white space goes on with the header before it.
    private mutating func cutHeader(until end: Int, _ name: inout String) {
        let isFolded = (bytes[offset] == 0x20 || bytes[offset] == 0x09) && !name.isEmpty
        if !isFolded {
            let colon = next(UInt8(ascii: ":"), before: end)
            let written = String(decoding: bytes[offset..<colon], as: UTF8.self)
            name = written.lowercased()
            take(.headerName(written), to: colon)
            if offset < end { take(.punctuation, to: offset + 1) }
        }
        take(.punctuation, to: skipping([0x20, 0x09], before: end))
        if name == TokenHeader.authorization.lowercased(), !isFolded {
            cutAuthorization(until: end)
        } else {
            take(.headerValue(name), to: end)
        }
    }

    private mutating func cutAuthorization(until end: Int) {
        take(.algorithm, to: next(0x20, before: end))
        while offset < end {
            take(.punctuation, to: skipping([0x20, UInt8(ascii: ",")], before: end))
            let component = next(UInt8(ascii: ","), before: end)
            switch String(decoding: bytes[offset..<next(UInt8(ascii: "="), before: component)], as: UTF8.self) {
            case "Credential": cutCredential(until: component)
            case "SignedHeaders": cutValue(.signedHeaders, until: component)
            case "Signature": cutValue(.signature, until: component)
            default: take(.headerValue(TokenHeader.authorization.lowercased()), to: component)
            }
        }
    }

    private mutating func cutValue(_ kind: TokenParts.Kind, until end: Int) {
        take(.punctuation, to: min(end, next(UInt8(ascii: "="), before: end) + 1))
        take(kind, to: end)
    }

    /// `KEY/date/region/service/aws4_request`, read from its end: a key id may hold slashes.
    private mutating func cutCredential(until end: Int) {
        take(.punctuation, to: min(end, next(UInt8(ascii: "="), before: end) + 1))
        let slashes = (offset..<end).filter { bytes[$0] == UInt8(ascii: "/") }.suffix(4)
        guard slashes.count == 4 else { return take(.accessKey, to: end) }
        let kinds: [TokenParts.Kind] = [.accessKey, .scopeDate, .scopeRegion, .scopeService]
        for (kind, slash) in zip(kinds, slashes) {
            take(kind, to: slash)
            take(.punctuation, to: slash + 1)
        }
        take(.scopeTerminator, to: end)
    }

    // MARK: Reading

    /// Where the line's text ends, before CR LF or LF.
    private func endOfLine() -> Int {
        let feed = next(0x0A, before: bytes.count)
        return feed > offset && feed < bytes.count && bytes[feed - 1] == 0x0D ? feed - 1 : feed
    }

    private mutating func skipLineEnd() {
        take(.punctuation, to: min(bytes.count, next(0x0A, before: bytes.count) + 1))
    }

    private func next(_ byte: UInt8, before end: Int) -> Int {
        bytes[offset..<end].firstIndex(of: byte) ?? end
    }

    private func skipping(_ blanks: [UInt8], before end: Int) -> Int {
        bytes[offset..<end].firstIndex { !blanks.contains($0) } ?? end
    }

    private mutating func take(_ kind: TokenParts.Kind, to end: Int) {
        guard end > offset else { return }
        let text = bytes[offset..<end]
        parts.append(
            TokenParts.Part(
                kind: kind, range: offset..<end, isSigned: isSigned(kind), isSecret: isSecret(kind, text)))
        offset = end
    }

    private func isSigned(_ kind: TokenParts.Kind) -> Bool {
        switch kind {
        case .method, .path, .query, .body: !signed.isEmpty
        case .headerName(let name): signed.contains(name.lowercased())
        case .headerValue(let name): signed.contains(name)
        case .algorithm, .scopeDate, .scopeRegion, .scopeService, .scopeTerminator: !signed.isEmpty
        case .accessKey, .signedHeaders, .signature, .version, .punctuation: false
        }
    }

    private static let secretHeaders: Set<String> = [
        "authorization", "cookie", "proxy-authorization", "x-amz-security-token",
    ]

    private func isSecret(_ kind: TokenParts.Kind, _ text: ArraySlice<UInt8>) -> Bool {
        switch kind {
        case .signature: true
        case .headerValue(let name): Self.secretHeaders.contains(name) || name.contains("secret")
        // A presigned request carries both in its query, a form in its body.
        case .path, .query, .body:
            ["x-amz-signature", "x-amz-security-token"].contains {
                String(decoding: text, as: UTF8.self).lowercased().contains($0)
            }
        default: false
        }
    }
}

import AWSCaller
import FoundationEssentials
import Transport

/// A token opened for a person to look at.
public struct DecodedToken: Sendable, Hashable {
    /// What the token holds.
    public var request: TokenRequest
    /// What had to be overlooked to read it, in the order in which it was met; empty for a flawless token.
    public var forgiven: [TokenFinding]

    public init(request: TokenRequest, forgiven: [TokenFinding]) {
        self.request = request
        self.forgiven = forgiven
    }
}

/// Opens whatever a person may paste as a token: either base64 alphabet, without padding, wrapped, quoted, with
/// `Bearer `, the bare HTTP request, or what `curl -v` printed. Each thing forgiven becomes a finding.
///
/// ```swift
/// let decoded = try TokenDecoder.decode(text)
/// print(decoded.request.identity ?? "nobody", decoded.request.authorization?.accessKeyID ?? "unsigned")
/// print(decoded.forgiven.map(\.code))
/// ```
public enum TokenDecoder {
    /// - Throws: ``TokenDecodingError`` where no reading makes a request of the text.
    public static func decode(_ text: String) throws(TokenDecodingError) -> DecodedToken {
        var unwrapped = TokenWrapping(text)
        guard !unwrapped.content.isEmpty else {
            throw TokenDecodingError(
                .empty, "The token is empty: the command that made it may have failed before its last pipe")
        }
        if let jwt = JWTSummary(String(decoding: unwrapped.content, as: UTF8.self)) {
            throw TokenDecodingError(.jwt(jwt), message(jwt))
        }
        if let raw = RawRequest(unwrapped.content) {
            unwrapped.findings.append(raw.finding)
            return try decode(raw.bytes, unwrapped.findings)
        }
        var decoding = try LenientBase64(unwrapped.content, offset: unwrapped.offset)
        if let inner = try? LenientBase64(decoding.bytes[...], offset: 0), RawRequest(inner.bytes[...]) != nil {
            decoding.findings.append(doubleEncoded)
            decoding.bytes = inner.bytes
        }
        return try decode(decoding.bytes, unwrapped.findings + decoding.findings)
    }

    private static func decode(
        _ bytes: [UInt8], _ findings: [TokenFinding]
    ) throws(TokenDecodingError) -> DecodedToken {
        if let strict = try? GoRequest(bytes) {
            return DecodedToken(request: TokenRequest(strict, raw: bytes), forgiven: findings)
        }
        guard let lenient = LenientRequest(bytes) else {
            throw TokenDecodingError(.notARequest, "The token is base64, but it holds no HTTP request")
        }
        return DecodedToken(request: lenient.request, forgiven: findings + lenient.findings)
    }

    private static let doubleEncoded = TokenFinding(
        .doubleEncoded, place: "base64",
        explanation: "The request was encoded twice; Chainguard decodes once.", fix: "Encode it once.")

    private static func message(_ jwt: JWTSummary) -> String {
        var message = "This is a JSON web token, not an AWS caller token"
        if let issuer = jwt.issuer { message += ", issued by \(issuer)" }
        if let subject = jwt.subject { message += " for \(subject)" }
        if !jwt.audience.isEmpty { message += ", to be shown to \(jwt.audience.joined(separator: ", "))" }
        if let expiry = jwt.expiry { message += ", good until \(AmzDate.format(expiry))" }
        return message
    }
}

/// What stands around a pasted token: white space, `Bearer `, quotes.
private struct TokenWrapping {
    var content: ArraySlice<UInt8>
    var findings: [TokenFinding] = []

    /// Where the content begins in the text.
    var offset: Int { content.startIndex }

    init(_ text: String) {
        content = Array(text.utf8)[...]
        stripSpace()
        let isHeader = stripPrefix("authorization:")
        let isBearer = stripPrefix("bearer ")
        if isHeader || isBearer {
            add(.bearerPrefix, "“Bearer ” belongs in the header, not in the token.", "Leave it out.")
        }
        stripQuotes()
    }

    /// Line ends at the end stay: Chainguard overlooks them, and a bare request needs them.
    private mutating func stripSpace() {
        let trimmed = GoHeader.trimmed(content)
        guard !trimmed.isEmpty else {
            content = []
            return
        }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let hasBlanks = content[..<trimmed.startIndex].contains(where: isBlank) || content.last.map(isBlank) == true
        content = content[trimmed.startIndex...]
        while let last = content.last, isBlank(last) { content.removeLast() }
        if hasBlanks { add(.surroundingWhiteSpace, "White space surrounds the token.", "Strip it.") }
    }

    private mutating func stripPrefix(_ prefix: String) -> Bool {
        guard String(decoding: content.prefix(prefix.utf8.count), as: UTF8.self).lowercased() == prefix else {
            return false
        }
        content = content.dropFirst(prefix.utf8.count).drop { $0 == 0x20 }
        return true
    }

    private mutating func stripQuotes() {
        let trimmed = GoHeader.trimmed(content)
        guard let first = trimmed.first, [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(first)
        else { return }
        content = trimmed.dropFirst()
        if content.last == first { content = content.dropLast() }
        add(.quotes, "Quotes surround the token.", "Leave them out.")
    }

    private mutating func add(_ rule: TokenRule, _ explanation: String, _ fix: String) {
        findings.append(TokenFinding(rule, place: "around the token", offset: 0, explanation: explanation, fix: fix))
    }
}

/// A request pasted as it is, or as `curl -v` shows it.
private struct RawRequest {
    let bytes: [UInt8]
    let finding: TokenFinding

    init?(_ text: ArraySlice<UInt8>) {
        let isCurl = text.starts(with: Array("> ".utf8))
        let content = isCurl ? Self.withoutMarks(text) : Array(text)
        let line = content.prefix { $0 != 0x0A }
        let parts = line.split(separator: 0x20)
        guard parts.count >= 2, parts[0].allSatisfy({ (65...90).contains($0) }),
            parts.dropFirst().contains(where: { $0.starts(with: Array("HTTP/".utf8)) })
        else { return nil }
        bytes = content
        finding = TokenFinding(
            isCurl ? .curlOutput : .rawRequest, place: "whole token",
            explanation: isCurl
                ? "This is what curl -v printed, not a token." : "This is the request itself, not its encoding.",
            fix: "Encode the request in padded base64url.")
    }

    private static func withoutMarks(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.starts(with: Array("> ".utf8)) ? line.dropFirst(2) : line.first == 0x3E ? line.dropFirst() : line
        }
        return Array(lines.joined(separator: [0x0A]))
    }
}

import AWSCaller
import Crypto
import FoundationEssentials
import Glibc

/// What all tokens of one caller for one identity share, laid out once in bytes: a token differs from the next only
/// in its date, its day and its signature.
final class CallerTokenTemplate: Sendable, CustomReflectable {
    private let identity: [UInt8]
    let credentials: AWSCredentials
    let region: String
    /// The canonical request before and after its date, and the hash of what stands before it.
    private let canonicalHead: [UInt8]
    private let canonicalTail: [UInt8]
    private let canonicalHash: SHA256
    /// What is signed, with date, day and hash to be filled in.
    private let toSign: [UInt8]
    private let toSignScope: Int
    /// The request with date, day and signature to be filled in.
    private let raw: [UInt8]
    private let rawScope: Int
    private let rawSignature: Int
    private let rawDate: Int
    /// `raw` in base64url.
    private let encoded: [UInt8]

    /// - Parameters: all checked, fit to stand in a header.
    init(
        audience: [UInt8], identity: String, identityBytes: [UInt8], stsHost: String, credentials: AWSCredentials
    ) {
        self.identity = Array(identity.utf8)
        self.credentials = credentials
        region = CallerTokenGenerator.signingRegion(stsHost: stsHost)
        let names = Self.signedHeaders + (credentials.sessionToken == nil ? "" : ";x-amz-security-token")

        var head = Layout()
        head.add("POST\n/\nAction=GetCallerIdentity&Version=2011-06-15\naccept:application/json\n")
        head.add("chainguard-audience:", GoHeader.canonicalValue(audience))
        head.add("\nchainguard-identity:", GoHeader.canonicalValue(identityBytes))
        head.add("\nhost:\(stsHost)\nx-amz-date:")
        canonicalHead = head.bytes
        var hash = SHA256()
        hash.update(data: canonicalHead)
        canonicalHash = hash

        var tail = Layout()
        if let token = credentials.sessionToken { tail.add("\nx-amz-security-token:\(token.reveal())") }
        tail.add("\n\n\(names)\n\(SigV4.emptyPayloadHash)")
        canonicalTail = tail.bytes

        var toSign = Layout()
        toSign.add("\(SigV4.algorithm)\n")
        _ = toSign.addGap(Self.dateLength)
        toSign.add("\n")
        toSignScope = toSign.addGap(Self.dayLength)
        toSign.add("/\(region)/sts/aws4_request\n")
        _ = toSign.addGap(Self.digestLength)
        self.toSign = toSign.bytes

        var raw = Layout()
        raw.add("POST \(TokenHeader.target) HTTP/1.1\r\nHost: \(stsHost)\r\nAccept: application/json\r\n")
        raw.add("Authorization: \(SigV4.algorithm) Credential=\(credentials.accessKeyID)/")
        rawScope = raw.addGap(Self.dayLength)
        raw.add("/\(region)/sts/aws4_request, SignedHeaders=\(names), Signature=")
        rawSignature = raw.addGap(Self.digestLength)
        raw.add("\r\nChainguard-Audience: ", audience)
        raw.add("\r\nChainguard-Identity: ", identityBytes)
        raw.add("\r\nX-Amz-Date: ")
        rawDate = raw.addGap(Self.dateLength)
        if let token = credentials.sessionToken { raw.add("\r\nX-Amz-Security-Token: \(token.reveal())") }
        raw.add("\r\n\r\n")
        self.raw = raw.bytes
        encoded = GoBase64.encodedBytes(raw.bytes)
    }

    /// Holds the session token: nothing of it is shown.
    var customMirror: Mirror { Mirror(self, children: []) }

    /// The token's text.
    /// - Parameters:
    ///   - amzDate: `yyyymmddThhmmssZ`, 16 bytes.
    ///   - key: of the same day.
    func token(amzDate: [UInt8], key: SigningKey) -> String {
        withUnsafeTemporaryAllocation(byteCount: toSign.count + Self.digestLength, alignment: 1) { scratch in
            let digits = UnsafeMutableRawBufferPointer(rebasing: scratch[toSign.count...])
            let message = UnsafeMutableRawBufferPointer(rebasing: scratch[..<toSign.count])
            writeStringToSign(amzDate, into: message)
            key.writeSignature(of: UnsafeRawBufferPointer(message), into: digits)
            return text(amzDate, signature: UnsafeRawBufferPointer(digits))
        }
    }

    func canonicalRequest(amzDate: [UInt8]) -> [UInt8] { canonicalHead + amzDate + canonicalTail }

    func stringToSign(amzDate: [UInt8]) -> String {
        var bytes = toSign
        bytes.withUnsafeMutableBytes { writeStringToSign(amzDate, into: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func writeStringToSign(_ amzDate: [UInt8], into message: UnsafeMutableRawBufferPointer) {
        toSign.withUnsafeBytes { message.copyMemory(from: $0) }
        amzDate.withUnsafeBytes { date in
            message.put(date, at: SigV4.algorithm.utf8.count + 1)
            message.put(UnsafeRawBufferPointer(rebasing: date[..<Self.dayLength]), at: toSignScope)
            var hash = canonicalHash
            hash.update(bufferPointer: date)
            canonicalTail.withUnsafeBytes { hash.update(bufferPointer: $0) }
            let digits = UnsafeMutableRawBufferPointer(rebasing: message[(toSign.count - Self.digestLength)...])
            hash.finalize().withUnsafeBytes { Hex.write($0, into: digits) }
        }
    }

    /// The encoded template with only those groups of four characters encoded anew that hold what changes.
    private func text(_ amzDate: [UInt8], signature: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: encoded.count) { output in
            _ = output.initialize(from: encoded)
            amzDate.withUnsafeBytes { date in
                fill(output, UnsafeRawBufferPointer(rebasing: date[..<Self.dayLength]), at: rawScope)
                fill(output, signature, at: rawSignature)
                fill(output, date, at: rawDate)
            }
            return encoded.count
        }
    }

    /// No two gaps share a group of three bytes: at least four bytes stand between them and before the end.
    private func fill(_ output: UnsafeMutableBufferPointer<UInt8>, _ part: UnsafeRawBufferPointer, at start: Int) {
        let first = start / 3 * 3
        let end = (start + part.count + 2) / 3 * 3
        withUnsafeTemporaryAllocation(byteCount: end - first, alignment: 1) { bytes in
            raw.withUnsafeBytes { bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[first..<end])) }
            bytes.put(part, at: start - first)
            GoBase64.writeGroups(UnsafeRawBufferPointer(bytes), to: output[(first / 3 * 4)...])
        }
    }

    /// Byte by byte: Swift's own comparison also takes other spellings of the same letters for equal.
    func serves(_ identity: String, _ credentials: AWSCredentials) -> Bool {
        var identity = identity
        let isSame = identity.withUTF8 { given in
            guard let bytes = given.baseAddress, given.count == self.identity.count else { return false }
            return memcmp(self.identity, bytes, given.count) == 0
        }
        return isSame && self.credentials == credentials
    }

    private static let signedHeaders = "accept;chainguard-audience;chainguard-identity;host;x-amz-date"
    private static let dateLength = 16
    private static let dayLength = 8
    private static let digestLength = 64
}

/// Bytes as they are laid out, with gaps to be filled in later.
private struct Layout {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ text: String, _ more: [UInt8] = []) {
        bytes += text.utf8
        bytes += more
    }

    /// - Returns: where the gap begins.
    mutating func addGap(_ length: Int) -> Int {
        bytes += repeatElement(UInt8(ascii: "0"), count: length)
        return bytes.count - length
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func put(_ part: UnsafeRawBufferPointer, at offset: Int) {
        UnsafeMutableRawBufferPointer(rebasing: self[offset..<(offset + part.count)]).copyMemory(from: part)
    }
}

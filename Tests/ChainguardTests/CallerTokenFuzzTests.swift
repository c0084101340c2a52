import Chainguard
import Foundation
import TestSupport
import Testing

/// Bent and random input for whatever reads tokens. `CGID_FUZZ_COUNT=1000000 swift test --filter CallerTokenFuzz`
/// tries a million.
struct CallerTokenFuzzTests {
    private typealias Sample = CallerTokenSample

    private static let count = ProcessInfo.processInfo.environment["CGID_FUZZ_COUNT"].flatMap(Int.init) ?? 1_000

    @Test func nothingCrashesAndTheReadersAgree() throws {
        var random = SeededGenerator(seed: 2_026)
        let verifier = try Sample.verifier()
        let linter = TokenLinter(identity: Sample.identity, now: Sample.now)
        for _ in 0..<Self.count {
            let text = Self.text(&random)
            let isAccepted = (try? verifier.check(text, now: Sample.now)) != nil
            let isOpened = (try? TokenDecoder.decode(text)) != nil
            let hasError = linter.lint(text).contains { $0.severity == .error }
            // What Chainguard reads a person can open; what it refuses before STS has an error.
            #expect(!isAccepted || isOpened, "\(text.debugDescription)")
            #expect(isAccepted || hasError, "\(text.debugDescription)")
            let failed = verifier.checklist(text, now: Sample.now).contains {
                if case .failed = $0.outcome { true } else { false }
            }
            #expect(failed != isAccepted)
        }
    }

    private static let pieces = [
        "\r\n", "\n", "\r", " ", "\t", ":", ";", ",", "=", "==", "/", "HTTP/1.1", "HTTP/2", "POST ", "Host: x\r\n",
        "Chainguard-Audience: y\r\n", "SignedHeaders=", "Bearer ", "\"", "'", "> ", "%zz", "[::1]", "http://",
        "\u{0}", "\u{A0}", "\u{3000}", "\u{130}", "\u{212A}", "X-Amz-Date: 20231114T221320.9Z\r\n", "Content-Length: 9",
        "Transfer-Encoding: chunked\r\n", "eyJhbGciOiJub25lIn0.e30.", "UE9TVA",
    ].map { Array($0.utf8) }

    private static func text(_ random: inout SeededGenerator) -> String {
        if Int.random(in: 0..<10, using: &random) == 0 {
            let length = Int.random(in: 0...300, using: &random)
            return String(
                decoding: (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &random) }, as: UTF8.self)
        }
        var bytes = Array(Sample.request().utf8)
        bend(&bytes, times: Int.random(in: 0...4, using: &random), &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return String(decoding: bytes, as: UTF8.self)
        case 1:
            var encoded = Array(Sample.encoded(bytes).utf8)
            bend(&encoded, times: Int.random(in: 1...3, using: &random), &random)
            return String(decoding: encoded, as: UTF8.self)
        default: return Sample.encoded(bytes)
        }
    }

    private static func bend(_ bytes: inout [UInt8], times: Int, _ random: inout SeededGenerator) {
        for _ in 0..<times {
            let index = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, index + Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(index..<end)
            case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: index)
            case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
            case 3 where index < bytes.count: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
            default: bytes.replaceSubrange(index..<end, with: pieces.randomElement(using: &random) ?? [])
            }
        }
    }
}

import Chainguard
import Foundation
import Testing
import Transport

/// Over a thousand bent requests and what Go 1.27's own readers and HTTP client make of them, behind the documented
/// steps. `Verdicts.tsv` holds a verdict, what is bent and how a line; the bytes that are not plain are escaped.
struct CallerTokenVerdictTests {
    private typealias Sample = CallerTokenSample

    @Test func theVerdictIsGos() async throws {
        let verifier = try Sample.verifier(AgreeingSTS())
        for line in try Self.table() {
            let token = try Self.token(bent: line.part, by: line.bytes)
            let verdict: String
            do {
                _ = try await verifier.verify(token, now: Sample.now)
                verdict = "ok"
            } catch {
                verdict = error.code.rawValue
            }
            #expect(verdict == line.verdict, "\(line.part) \(line.text)")
        }
    }

    private struct Line {
        let verdict: String
        let part: String
        let text: String

        var bytes: [UInt8] {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                    bytes.append(byte)
                    continue
                }
                switch escape {
                case UInt8(ascii: "r"): bytes.append(0x0D)
                case UInt8(ascii: "n"): bytes.append(0x0A)
                case UInt8(ascii: "t"): bytes.append(0x09)
                case UInt8(ascii: "x"):
                    bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                    rest = rest.dropFirst(2)
                default: bytes.append(escape)
                }
            }
            return bytes
        }
    }

    private static func table() throws -> [Line] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Verdicts.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Line(verdict: fields[0], part: fields[1], text: fields[2])
        }
        try #require(lines.count > 1_000)
        return lines
    }

    private static func token(bent part: String, by bytes: [UInt8]) throws -> String {
        let request = Array(Sample.request().utf8)
        let line = Array(Sample.requestLine.utf8)
        let headers = request[line.count...].dropLast(2)
        let end = Array("\r\n".utf8)
        switch part {
        case "token": return String(decoding: bytes, as: UTF8.self)
        case "line": return Sample.encoded(bytes + request[line.count...])
        case "first": return Sample.encoded(line + end + bytes + headers + end)
        case "extra": return Sample.encoded(line + headers + bytes + end + end)
        case "old": return Sample.encoded(Array("POST / HTTP/1.0".utf8) + headers + bytes + end + end)
        case "end": return Sample.encoded(line + headers + bytes)
        case "prefix": return Sample.encoded(bytes + request)
        case "eol":
            let lines = [line] + Sample.headers.map { Array("\($0.0): \($0.1)".utf8) }
            return Sample.encoded(lines.flatMap { $0 + bytes } + end)
        default:
            let index = try #require(Sample.headers.firstIndex { $0.0 == part }, "\(part) is no header of the sample")
            let lines = Sample.headers.map { Array("\($0.0): ".utf8) + Array($0.1.utf8) }
            let bent = lines.indices.map { $0 == index ? Array("\(part): ".utf8) + bytes : lines[$0] }
            return Sample.encoded(line + end + bent.flatMap { $0 + end } + end)
        }
    }
}

/// An STS that vouches for whoever asks.
private struct AgreeingSTS: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let answer = """
            {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"1","Arn":"a","UserId":"u"}}}
            """
        return HTTPResponse(status: 200, body: Array(answer.utf8))
    }
}

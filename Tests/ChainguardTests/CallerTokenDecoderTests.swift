import AWSCaller
import Chainguard
import FoundationEssentials
import TestSupport
import Testing

struct CallerTokenDecoderTests {
    private typealias Sample = CallerTokenSample

    private func codes(_ text: String) throws -> [String] {
        let decoded = try TokenDecoder.decode(text)
        #expect(decoded.request.identity == Sample.identity)
        return decoded.forgiven.map(\.code)
    }

    @Test func opensAGoodToken() throws {
        let request = try TokenDecoder.decode(Sample.token()).request
        #expect(request.method == "POST")
        #expect(request.host == "sts.amazonaws.com")
        #expect(request.audience == Sample.audience)
        #expect(request.date == Sample.now)
        #expect(request.headers.fields.map(\.name) == Sample.headers.map(\.0))
        #expect(request.raw.reveal() == Sample.request())
        let authorization = try #require(request.authorization)
        #expect(authorization.credential == "AKIDEXAMPLE/20231114/us-east-1/sts/aws4_request")
        #expect(authorization.signedHeaders.joined(separator: ";") == Sample.signedHeaders)
        #expect(try codes(Sample.token()).isEmpty)
    }

    @Test func forgivesWhatSurroundsIt() throws {
        let token = Sample.token()
        #expect(try codes(token + "\n").isEmpty)
        #expect(try codes("Bearer \(token)") == ["bearer-prefix"])
        #expect(try codes("Authorization: bearer \(token)\r\n") == ["bearer-prefix"])
        #expect(try codes("\"\(token)\"") == ["quotes"])
        #expect(try codes("'\(token)'\n") == ["quotes"])
        #expect(try codes("  \(token)  ") == ["surrounding-white-space"])
    }

    @Test func forgivesOddBase64() throws {
        // Bytes that need both of the characters in which the alphabets differ.
        let token = Sample.token(Sample.headers + [("X", "\u{3FF}\u{3E}?>~~~\u{FB}\u{FF}")], end: "\r\nx")
        #expect(token.contains("-") || token.contains("_"))
        let standard = token.replacing("-", with: "+").replacing("_", with: "/")
        let bare = String(token.prefix { $0 != "=" })
        let wrapped = token.enumerated().map { $0.offset % 64 == 63 ? "\($0.element)\n" : "\($0.element)" }.joined()
        #expect(try codes(standard) == ["standard-alphabet"])
        #expect(try codes(wrapped) == ["line-breaks"])
        #expect(try codes(wrapped.replacing("\n", with: " ")) == ["white-space"])
        #expect(try codes(bare) == (bare == token ? [] : ["missing-padding"]))
        #expect(try codes(token + "==") == ["extra-padding"])
        #expect(try codes(Sample.encoded(Array(token.utf8))) == ["double-encoded"])
    }

    @Test func opensTheRequestItself() throws {
        #expect(try codes(Sample.request()) == ["raw-request"])
        let curl = Sample.request(eol: "\n", end: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { "> \($0)" }.joined(separator: "\n")
        #expect(try codes(curl).contains("curl-output"))
    }

    @Test func opensRequestsThatGoRefuses() throws {
        #expect(try codes(Sample.token(line: "POST / HTTP/2")) == ["http2-request-line"])
        #expect(try codes(Sample.token(end: "")) == ["missing-blank-line"])
        #expect(try codes(Sample.token(Sample.headers + [("X", "a\u{1}")])) == ["unreadable-request"])
        #expect(try codes(Sample.token(Sample.headers + [("Host", "other")])) == ["duplicate-host"])
    }

    @Test func namesAJWT() throws {
        let payload = #"{"iss":"https://accounts.example","sub":"me","aud":["a","b"],"exp":1700000000}"#
        let jwt =
            [#"{"alg":"RS256"}"#, payload].map { Sample.encoded(Array($0.utf8)).replacing("=", with: "") }
            .joined(separator: ".") + ".c2ln"
        do {
            _ = try TokenDecoder.decode("Bearer \(jwt)\n")
            Issue.record("opened")
        } catch {
            guard case .jwt(let summary) = error.kind else {
                Issue.record("not named")
                return
            }
            #expect(summary.issuer == "https://accounts.example")
            #expect(summary.subject == "me")
            #expect(summary.audience == ["a", "b"])
            #expect(summary.expiry == Sample.now)
            #expect(error.message.contains("good until 20231114T221320Z"))
        }
    }

    @Test(arguments: ["", "  \n", "not base64!", "aGVsbG8gd29ybGQ=", "A", "\u{1F600}", "===="])
    func refusesWhatIsNoToken(_ text: String) {
        #expect(throws: TokenDecodingError.self) { try TokenDecoder.decode(text) }
    }

    /// Whatever is pasted: no crash, and the linter agrees with the verifier that it is bad.
    @Test func survivesAnyInput() throws {
        var random = SeededGenerator(seed: 3)
        let good = Array(Sample.request().utf8)
        let verifier = try Sample.verifier()
        let linter = TokenLinter(identity: Sample.identity, now: Sample.now)
        for round in 0..<1_500 {
            var bytes = good
            if round.isMultiple(of: 5) {
                bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                    .random(in: .min ... .max, using: &random)
                }
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: .min ... .max, using: &random)
            }
            let text = round % 3 == 0 ? String(decoding: bytes, as: UTF8.self) : Sample.encoded(bytes)
            let isAccepted = (try? verifier.check(text, now: Sample.now)) != nil
            let hasError = linter.lint(text).contains { $0.severity == .error }
            #expect(isAccepted || hasError)
        }
    }
}

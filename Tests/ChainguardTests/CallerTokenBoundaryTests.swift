import Chainguard
import Foundation
import TestSupport
import Testing

/// Every bound of the verifier from both sides, and every header bent in each way that a header can be.
struct CallerTokenBoundaryTests {
    private typealias Sample = CallerTokenSample

    /// Seconds by which the clock is ahead of the token, the allowed skew, the verdict.
    @Test(
        arguments: [
            (0, 300, "ok"), (899, 300, "ok"), (900, 300, "ok"), (900.001, 300, "expired"), (901, 300, "expired"),
            (-299, 300, "ok"), (-300, 300, "ok"), (-300.001, 300, "future_dated"), (-301, 300, "future_dated"),
            (0, 0, "ok"), (-0.001, 0, "future_dated"), (-1, 1, "ok"), (-2, 1, "future_dated"),
            (900, 0, "ok"), (-299.999, 300, "ok"), (899.999, 300, "ok"), (901, 100_000, "expired"),
            (-90_000, 100_000, "ok"),
        ] as [(Double, Int, String)])
    func boundsAreInclusive(_ ahead: Double, _ skew: Int, _ verdict: String) throws {
        let verifier = try Sample.verifier(skew: .seconds(skew))
        do {
            _ = try verifier.check(Sample.token(), now: Sample.now.addingTimeInterval(ahead))
            #expect(verdict == "ok")
        } catch {
            #expect(error.code.rawValue == verdict)
        }
    }

    /// A moment's milliseconds have no exact binary form; they must not decide at a bound.
    @Test(arguments: [1, 7, 123, 500, 999])
    func boundsAreInclusiveToTheMillisecond(_ milliseconds: Int) throws {
        let fraction = String(format: "%03d", milliseconds)
        let token = Sample.token(replacing: "X-Amz-Date", by: "20231114T221320.\(fraction)Z")
        let bound = Sample.now.addingTimeInterval(900 + Double(milliseconds) / 1_000)
        #expect(try Sample.verdict(token, now: bound) == "ok")
        #expect(try Sample.verdict(token, now: bound.addingTimeInterval(0.001)) == "expired")
        #expect(try Sample.verdict(token, now: bound.addingTimeInterval(-1_200)) == "ok")
        #expect(try Sample.verdict(token, now: bound.addingTimeInterval(-1_200.001)) == "future_dated")
    }

    @Test func anImmenseSkewDoesNotOverflow() throws {
        let verifier = try Sample.verifier(skew: .seconds(Int64.max))
        #expect(throws: Never.self) { try verifier.check(Sample.token(), now: Sample.now) }
    }

    enum Bend: CaseIterable {
        case dropped, doubled, recased, folded, unsigned, emptied
    }

    /// What each bend of each header leads to, in the order of `Bend`.
    private static let verdicts: [String: [String]] = [
        "Host": [
            "invalid_request", "invalid_encoding", "ok", "ok", "unsigned_binding_headers", "invalid_request",
        ],
        "Accept": ["ok", "ok", "ok", "ok", "ok", "ok"],
        "Authorization": [
            "unsigned_binding_headers", "invalid_request", "ok", "ok", "ok", "unsigned_binding_headers",
        ],
        "Chainguard-Audience": [
            "invalid_audience", "invalid_request", "ok", "ok", "unsigned_binding_headers", "invalid_audience",
        ],
        "Chainguard-Identity": [
            "invalid_identity", "invalid_request", "ok", "ok", "unsigned_binding_headers", "invalid_identity",
        ],
        "X-Amz-Date": [
            "invalid_encoding", "invalid_request", "ok", "ok", "unsigned_binding_headers", "invalid_encoding",
        ],
    ]

    @Test(arguments: verdicts.keys.sorted(), Bend.allCases)
    func everyHeaderBentEveryWay(_ name: String, _ bend: Bend) throws {
        let index = try #require(Bend.allCases.firstIndex(of: bend))
        #expect(try Sample.verdict(Self.bent(name, bend)) == Self.verdicts[name]?[index])
    }

    private static func bent(_ name: String, _ bend: Bend) -> String {
        let headers = Sample.headers
        switch bend {
        case .dropped: return Sample.token(replacing: name, by: nil)
        case .doubled: return Sample.token(headers + headers.filter { $0.0 == name })
        case .recased:
            return Sample.token(headers.map { $0.0 == name ? ($0.0.uppercased(), $0.1) : $0 })
        case .folded:
            // The value begins in the next line; Go drops the white space before it.
            return Sample.token(headers.map { $0.0 == name ? ($0.0, "\r\n \($0.1)") : $0 })
        case .unsigned:
            let bare = Sample.signedHeaders.split(separator: ";").filter { $0 != name.lowercased() }
            return Sample.token(
                replacing: "Authorization",
                by: Sample.authorization.replacing(Sample.signedHeaders, with: bare.joined(separator: ";")))
        case .emptied: return Sample.token(replacing: name, by: "")
        }
    }

    /// No single changed character of the text makes it say something else and still pass.
    @Test func noChangedCharacterChangesTheClaims() throws {
        let verifier = try Sample.verifier()
        let text = Array(Sample.token().utf8)
        var random = SeededGenerator(seed: 11)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n".utf8)
        for index in text.indices {
            for _ in 0..<3 {
                var changed = text
                changed[index] = alphabet.randomElement(using: &random) ?? 0
                let token = String(decoding: changed, as: UTF8.self)
                guard let checked = try? verifier.check(token, now: Sample.now) else { continue }
                #expect(checked.audience == Sample.audience)
                #expect(checked.identity == Sample.identity)
                #expect(checked.request.host == "sts.amazonaws.com")
                #expect(checked.request.method == "POST")
            }
        }
    }
}

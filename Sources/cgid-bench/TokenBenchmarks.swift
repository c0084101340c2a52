import AWSCaller
import Chainguard
import FoundationEssentials
import Transport

/// One generator signing token after token, each with a date of its own, as a program does that keeps a generator.
enum TokenBenchmarks {
    private static let identity = "0123456789abcdef0123456789abcdef01234567/0123456789abcdef"
    private static let moment = Date(timeIntervalSince1970: 1_750_000_000)
    private static let longTerm = AWSCredentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
    private static let temporary = AWSCredentials(
        accessKeyID: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: longTerm.secretAccessKey,
        sessionToken: Secret(String(repeating: "IQoJb3JpZ2luX2VjEXAMPLE/", count: 30)))

    static var all: [Benchmark] {
        [
            signing("token: whole, signing key cached", longTerm, every: 1, of: 40_000, budget: 1_500),
            signing("token: whole, new signing key each time", longTerm, every: 86_400, of: 10_000, budget: 8_000),
            signing("token: with a session token of 720 bytes, key cached", temporary, every: 1, of: 40_000),
            signing("token: with a session token of 720 bytes, new key", temporary, every: 86_400, of: 10_000),
            Benchmark(name: "token: whole, new generator each time", budget: nil) { count in
                for _ in 0..<count { sign(CallerTokenGenerator(audience: audience), longTerm, at: moment) }
            },
            Benchmark(name: "token: verified up to STS", budget: nil) { count in
                verify(count)
            },
        ]
    }

    private static let audience = "https://issuer.enforce.dev"

    /// - Parameters:
    ///   - step: seconds from one token's date to the next one's; another day is another signing key.
    ///   - period: the dates begin anew after so many.
    private static func signing(
        _ name: String, _ credentials: AWSCredentials, every step: Int, of period: Int, budget: Double? = nil
    ) -> Benchmark {
        let generator = CallerTokenGenerator(audience: audience)
        return Benchmark(name: name, budget: budget) { count in
            for number in 0..<count {
                sign(generator, credentials, at: moment.addingTimeInterval(Double(number % period * step)))
            }
        }
    }

    private static func sign(_ generator: CallerTokenGenerator, _ credentials: AWSCredentials, at date: Date) {
        consume(try? generator.generate(identity: identity, credentials: credentials, at: date))
    }

    private static func verify(_ count: Int) {
        guard let verifier = try? TokenVerifier(TokenVerifier.Options(identity: identity), transport: NoNetwork()),
            let token = try? CallerTokenGenerator(audience: audience).generate(
                identity: identity, credentials: temporary, at: moment)
        else { preconditionFailure("the sample signs and its options are valid") }
        for _ in 0..<count { consume(try? verifier.check(token.text.reveal(), now: moment)) }
    }
}

/// The benchmarks send nothing.
private struct NoNetwork: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw TransportError(.cancelled, host: "")
    }
}

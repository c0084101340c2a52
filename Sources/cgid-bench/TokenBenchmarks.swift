import AWSCaller
import Chainguard
import FoundationEssentials

enum TokenBenchmarks {
    private static let identity = "0123456789abcdef0123456789abcdef01234567/0123456789abcdef"
    private static let moment = Date(timeIntervalSince1970: 1_750_000_000)
    private static let credentials = AWSCredentials(
        accessKeyID: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken: Secret(String(repeating: "IQoJb3JpZ2luX2VjEXAMPLE", count: 30)))

    static var all: [Benchmark] {
        [
            Benchmark(name: "token: whole, signing key cached", budget: 1500) { count in
                let generator = CallerTokenGenerator(audience: "https://issuer.enforce.dev")
                for _ in 0..<count {
                    consume(try? generator.generate(identity: identity, credentials: credentials, at: moment))
                }
            },
            Benchmark(name: "token: whole, new signing key each time", budget: 8000) { count in
                for number in 0..<count {
                    let generator = CallerTokenGenerator(audience: "https://issuer.enforce.dev")
                    // Another day is another signing key.
                    let day = moment.addingTimeInterval(Double(number % 10_000) * 86_400)
                    consume(try? generator.generate(identity: identity, credentials: credentials, at: day))
                }
            },
        ]
    }
}

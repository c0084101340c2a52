import AWSCaller
import Chainguard

enum MatchingBenchmarks {
    private static let caller = CallerValues(
        account: "123456789012", arn: "arn:aws:sts::123456789012:assumed-role/Deploy.Role/i-0123456789abcdef0",
        userID: "AROAEXAMPLEEXAMPLE123:i-0123456789abcdef0")
    private static let relationship = AWSRelationship(
        account: "123456789012",
        arn: .pattern(#"^arn:aws:sts::123456789012:assumed-role/Deploy\.Role/(.+)$"#),
        userID: .pattern("^AROAEXAMPLEEXAMPLE123:(.+)$"))

    static var all: [Benchmark] {
        [
            Benchmark(name: "matching: one identity, patterns compiled anew", budget: nil) { count in
                for _ in 0..<count { consume(relationship.verdict(for: caller)) }
            },
            Benchmark(name: "matching: a hostile pattern, 1 KiB of text", budget: nil) { count in
                let regex = try? GoRegex("(a*)*(a|aa)+$")
                let text = String(repeating: "a", count: 1024) + "b"
                for _ in 0..<count { consume(regex?.matches(text)) }
            },
        ]
    }
}

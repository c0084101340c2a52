/// The results for people.
enum ResultTable {
    static func text(_ results: [Benchmark.Result]) -> String {
        let width = results.map(\.name.count).max() ?? 0
        return results.map { result in
            let name = result.name.padded(to: width)
            let time = duration(result.nanoseconds).leftPadded(to: 12)
            guard let budget = result.budget else { return "\(name)\(time)" }
            return "\(name)\(time)   budget \(duration(budget))  \(result.nanoseconds <= budget ? "kept" : "MISSED")"
        }.joined(separator: "\n")
    }

    private static func duration(_ nanoseconds: Double) -> String {
        switch nanoseconds {
        case ..<10_000: "\(rounded(nanoseconds)) ns"
        case ..<10_000_000: "\(rounded(nanoseconds / 1000)) µs"
        default: "\(rounded(nanoseconds / 1_000_000)) ms"
        }
    }

    private static func rounded(_ value: Double) -> String {
        value < 100 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}

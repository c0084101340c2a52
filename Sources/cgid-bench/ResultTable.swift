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

    /// Rows of cells, each column as wide as its widest.
    static func columns(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                index == 0 ? cell.0.padded(to: cell.1) : cell.0.leftPadded(to: cell.1)
            }.joined(separator: "   ")
        }.joined(separator: "\n")
    }

    static func duration(_ nanoseconds: Double) -> String {
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

import FoundationEssentials

// Usage: cgid-bench [--json] [WORD]: runs the benchmarks whose names hold WORD.
let arguments = CommandLine.arguments.dropFirst()
let asJSON = arguments.contains("--json")
let word = arguments.first { !$0.hasPrefix("--") } ?? ""

let results = (TokenBenchmarks.all + MatchingBenchmarks.all + ScreenBenchmarks.all)
    .filter { word.isEmpty || $0.name.contains(word) }
    .map { $0.run() }

if asJSON {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(results), as: UTF8.self))
} else {
    print(ResultTable.text(results))
}

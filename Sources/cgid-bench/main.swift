import FoundationEssentials

// Usage: cgid-bench [--json] [WORD]: runs the benchmarks whose names hold WORD; "listing" those of a large list.
let arguments = CommandLine.arguments.dropFirst()
let asJSON = arguments.contains("--json")
let word = arguments.first { !$0.hasPrefix("--") } ?? ""

let results = (TokenBenchmarks.all + MatchingBenchmarks.all + ScreenBenchmarks.all)
    .filter { word.isEmpty || $0.name.contains(word) }
    .map { $0.run() }
// Its time is the network's and the server's too, so it runs only when asked for.
let listing = "listing".hasPrefix(word) && !word.isEmpty ? try await ListingBenchmarks.run() : []

if asJSON {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(results + listing), as: UTF8.self))
} else {
    print(ResultTable.text(results + listing))
}

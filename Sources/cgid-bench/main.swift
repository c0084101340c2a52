import FoundationEssentials
import Glibc

// Usage: cgid-bench [--json] [WORD]: runs the benchmarks whose names hold WORD; "listing" those of a large list,
// "terminal" the built cgid beside other programs.
let arguments = CommandLine.arguments.dropFirst()
let asJSON = arguments.contains("--json")
let word = arguments.first { !$0.hasPrefix("--") } ?? ""

if word == "terminal" {
    let rows = TerminalBenchmarks.run()
    print(asJSON ? try json(rows) : TerminalBenchmarks.text(rows))
    exit(0)
}

let results = (TokenBenchmarks.all + MatchingBenchmarks.all + ScreenBenchmarks.all)
    .filter { word.isEmpty || $0.name.contains(word) }
    .map { $0.run() }
// Its time is the network's and the server's too, so it runs only when asked for.
let listing = "listing".hasPrefix(word) && !word.isEmpty ? try await ListingBenchmarks.run() : []

print(asJSON ? try json(results + listing) : ResultTable.text(results + listing))

func json(_ values: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(values), as: UTF8.self)
}

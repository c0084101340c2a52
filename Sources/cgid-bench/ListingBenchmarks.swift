import Chainguard
import Foundation
import Sandbox
import Screens
import Synchronization
import TerminalUI
import Transport

/// A large organization listed over real sockets, as the Identities screen does it: wall-clock times, each taken once.
/// The sandbox that answers runs on the same processors.
enum ListingBenchmarks {
    private static let count = 100_000

    private struct Arrival: Sendable {
        var time: ContinuousClock.Instant
        var beginning: [AssumableIdentity]
        var total: Int
    }

    static func run() async throws -> [Benchmark.Result] {
        let sandbox = try await Sandbox.start(SandboxOptions(identities: count))
        let api = PlatformAPI(
            baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token,
            transport: HTTPClientTransport())
        let arrivals = Mutex<[Arrival]>([])
        let start = ContinuousClock.now
        let all = try await api.allIdentities { _, total, beginning in
            arrivals.withLock { $0.append(Arrival(time: .now, beginning: beginning, total: total)) }
        }
        let end = ContinuousClock.now
        await sandbox.stop()
        let seen = arrivals.withLock { $0 }
        let first = seen.first.map { ($0.time - start).nanoseconds } ?? 0
        let answers = seen.map { Answer.identities($0.beginning, total: $0.total, complete: false) }
        return [
            Benchmark.Result(name: "listing: first page of 100,000 identities", nanoseconds: first, budget: nil),
            Benchmark.Result(
                name: "listing: all 100,000 identities", nanoseconds: (end - start).nanoseconds, budget: nil),
        ] + FrameBenchmarks.results(all, arriving: answers) + (try fuzzyFinder(all).map { [$0] } ?? [])
    }

    /// The yardstick: fzf over the same list, one whole process; nothing where it is not installed.
    private static func fuzzyFinder(_ all: [AssumableIdentity]) throws -> Benchmark.Result? {
        guard let path = Program.path(of: "fzf") else { return nil }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cgid-bench-\(UUID().uuidString)")
        let lines = all.map { "\($0.name) \($0.uid)" }.joined(separator: "\n")
        try Data(lines.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--filter=prod"]
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        return Benchmark.Result(
            name: "listing: fzf --filter over the same list, the whole process",
            nanoseconds: (ContinuousClock.now - start).nanoseconds, budget: nil)
    }
}

extension Duration {
    var nanoseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
    }
}

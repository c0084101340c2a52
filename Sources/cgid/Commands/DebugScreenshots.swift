import AWSCaller
import ArgumentParser
import FoundationEssentials
import Sandbox
import TerminalUI

struct DebugScreenshots: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screenshots",
        abstract: "Run the interface against a sandbox and save a picture of each screen, the same in each run.")

    @Argument(help: "The folder that the SVG files go into.")
    var folder: String

    @Option(help: "Columns and rows, like 200x60.")
    var size = "110x34"

    func run() throws {
        let numbers = size.split(separator: "x").compactMap { Int($0) }
        guard numbers.count == 2 else { throw ValidationError("--size takes columns and rows, like 200x60") }
        try Blocking.wait {
            let clock = ManualClock(Timestamp.parse("2026-11-23T12:00:00Z") ?? Date(timeIntervalSince1970: 0))
            let runtime = try await Self.runtime(clock)
            do {
                let interface = HeadlessInterface(runtime: runtime, size: Size(numbers[0], numbers[1]), clock: clock)
                try await ScreenshotTour(interface: interface, sandbox: runtime.sandbox, folder: folder).take()
            } catch {
                await runtime.close()
                throw error
            }
            await runtime.close()
        }
    }

    /// On a fixed port, for it is seen on the pictures; another tour may have it for some seconds.
    private static func runtime(_ clock: ManualClock) async throws -> Runtime {
        let options = SandboxOptions(port: 18_800, now: { clock.now }, caller: .role)
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do {
                return try await Runtime.makeInSandbox(CommonOptions.parse(["--sandbox"]), Preferences(), options)
            } catch SandboxError.port(let port, let reason) {
                guard ContinuousClock.now < deadline else { throw SandboxError.port(port, reason) }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}

import Foundation
import Sandbox
import TestSupport
import Testing

/// The program and the AWS CLI (version 2), asked the same question in the same generated environments.
///
/// Every source hands out another caller's keys, so that the ARN tells which source won. `CGID_AGREEMENT_COUNT` asks
/// for more environments than a quick run tries, `CGID_AGREEMENT_SEED` for others.
@Suite struct AgreementTests {
    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }

    @Test func theSameCallerAsTheAWSCommandLine() async throws {
        let aws = try TestTool.awsCommandLine()
        try await SandboxedProgram.with(caller: .instance, signedIn: false) { sandboxed in
            try await compare(aws, sandboxed, count: Self.number("CGID_AGREEMENT_COUNT") ?? 8, seed: 1)
        }
    }

    @Test func theSameCallerAtAnotherMakersSTS() async throws {
        let aws = try TestTool.awsCommandLine()
        let moto = try MotoServer(python: try TestTool.python(importing: "moto", "flask"))
        defer { moto.stop() }
        try await SandboxedProgram.with(caller: .instance, signedIn: false) { sandboxed in
            var sandboxed = sandboxed
            sandboxed.program.environment["AWS_ENDPOINT_URL_STS"] = moto.url
            try await compare(aws, sandboxed, count: (Self.number("CGID_AGREEMENT_COUNT") ?? 12) / 3, seed: 2)
        }
    }

    private func compare(_ aws: String, _ sandboxed: SandboxedProgram, count: Int, seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(Self.number("CGID_AGREEMENT_SEED") ?? 0) &+ UInt64(seed))
        for number in 0..<count {
            let host = try await AgreementHost(sandboxed, number: number, using: &generator)
            let flag = host.profile.map { ["--profile", $0] } ?? []
            let mine = try await Program.run(
                Program.path, ["whoami", "-o", "id"] + flag, environment: host.variables)
            let other = try await Program.run(
                aws, ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"] + flag,
                environment: host.variables)
            let agrees = (mine.status == 0) == (other.status == 0) && (other.status != 0 || mine.output == other.output)
            #expect(agrees, "\(host)\ncgid: \(mine.output)\(mine.errors)\naws: \(other.output)\(other.errors)")
        }
    }
}

/// moto's STS, in a process of its own that ends with its standard input.
private final class MotoServer: Sendable {
    let url: String
    private let input: Pipe
    private let process: Process

    init(python: String) throws {
        let script = """
            import sys
            from moto.server import ThreadedMotoServer
            server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
            server.start()
            print(server.get_host_and_port()[1], flush=True)
            sys.stdin.read()
            server.stop()
            """
        let output = Pipe()
        input = Pipe()
        process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        url = "http://127.0.0.1:\(line.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

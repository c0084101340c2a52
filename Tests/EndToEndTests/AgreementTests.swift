import Foundation
import Sandbox
import TestSupport
import Testing

/// The program and the installed AWS CLI, asked the same question in the same generated environments.
///
/// Every source hands out another caller's keys, so that the ARN tells which source won. `CGID_AGREEMENT_COUNT` asks
/// for more environments than a quick run tries, `CGID_AGREEMENT_SEED` for others.
@Suite struct AgreementTests {
    /// An environment with its files, drawn from a seed.
    struct Host: CustomStringConvertible {
        var variables: [String: String] = [:]
        var config = ""
        var credentials = ""
        var profile: String?

        init(using generator: inout SeededGenerator, container: [String: String]) {
            let id: (SandboxCaller.Name) -> String = { SandboxCaller.named($0).credentials.accessKeyID }
            let secret: (SandboxCaller.Name) -> String = {
                SandboxCaller.named($0).credentials.secretAccessKey.reveal()
            }
            let token: (SandboxCaller.Name) -> String? = { SandboxCaller.named($0).credentials.sessionToken?.reveal() }
            func keys(_ name: SandboxCaller.Name, half: Bool = false) -> String {
                var lines = "aws_access_key_id = \(id(name))\n"
                if !half { lines += "aws_secret_access_key = \(secret(name))\n" }
                if let token = token(name) { lines += "aws_session_token = \(token)\n" }
                return lines
            }
            func process(_ name: SandboxCaller.Name) -> String {
                let token = token(name).map { #", "SessionToken": "\#($0)""# } ?? ""
                return "credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"\(id(name))\", "
                    + "\"SecretAccessKey\": \"\(secret(name))\"\(token)}'\n"
            }
            func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &generator) == 0 }

            if chance(3) {
                variables["AWS_ACCESS_KEY_ID"] = id(.user)
                if !chance(4) { variables["AWS_SECRET_ACCESS_KEY"] = secret(.user) }
            } else if chance(4) {
                variables["AWS_SECRET_ACCESS_KEY"] = secret(.user)
            }
            if chance(2) { variables.merge(container) { $1 } }
            if chance(3) {
                variables["AWS_PROFILE"] = ["work", "default", "gone", " "].randomElement(using: &generator)
            }
            if chance(5) { variables["AWS_DEFAULT_PROFILE"] = "work" }
            if chance(4) { profile = ["work", "default"].randomElement(using: &generator) }
            if chance(2) { credentials += "[default]\n\(keys(.identityCenter, half: chance(6)))" }
            if chance(2) { credentials += "[work]\n\(keys(.role))" }
            if chance(2) { config += "[default]\nregion = us-east-1\n\(chance(2) ? keys(.root) : "")" }
            if chance(2) {
                config += "[profile work]\n\(chance(2) ? process(.instance) : "")\(chance(3) ? keys(.root) : "")"
            }
        }

        var description: String {
            let shown = [variables.description, "--profile \(profile ?? "-")", config, credentials]
            return shown.joined(separator: "\n")
        }
    }

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }

    @Test func theSameCallerAsTheAWSCommandLine() async throws {
        let aws = try TestTool.awsCommandLine()
        var generator = SeededGenerator(seed: UInt64(Self.number("CGID_AGREEMENT_SEED") ?? 1))
        try await SandboxedProgram.with(caller: .container, signedIn: false) { sandboxed in
            let containerVariables = sandboxed.program.environment.filter { $0.key.hasPrefix("AWS_CONTAINER_") }
            for _ in 0..<(Self.number("CGID_AGREEMENT_COUNT") ?? 6) {
                let host = Host(using: &generator, container: containerVariables)
                var variables = sandboxed.program.environment.filter { !$0.key.hasPrefix("AWS_CONTAINER_") }
                variables.merge(host.variables) { $1 }
                let home = sandboxed.program.home.path
                variables["AWS_CONFIG_FILE"] = home + "/config"
                variables["AWS_SHARED_CREDENTIALS_FILE"] = home + "/credentials"
                try host.config.write(toFile: home + "/config", atomically: true, encoding: .utf8)
                try host.credentials.write(toFile: home + "/credentials", atomically: true, encoding: .utf8)
                let flag = host.profile.map { ["--profile", $0] } ?? []
                // Versions before 2.13 know no AWS_ENDPOINT_URL_STS.
                let endpoint = ["--endpoint-url", try #require(variables["AWS_ENDPOINT_URL_STS"])]
                let mine = try await Program.run(Program.path, ["whoami", "-o", "id"] + flag, environment: variables)
                let other = try await Program.run(
                    aws, ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"] + endpoint + flag,
                    environment: variables)
                #expect((mine.status == 0) == (other.status == 0), "\(host)\n\(mine.errors)\n\(other.errors)")
                if other.status == 0 { #expect(mine.output == other.output, "\(host)") }
            }
        }
    }
}

/// SplitMix64, seeded, so that the environments are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

import Foundation
import Sandbox
import TestSupport

/// A generated host: variables and a home folder with AWS files, in which any two or three sources are configured,
/// rightly or wrongly.
struct AgreementHost: CustomStringConvertible {
    private let home: TemporaryFolder
    private(set) var variables: [String: String]
    private(set) var profile: String?
    private var config = ""
    private var credentials = ""

    /// - Parameter number: the sandbox's profiles and the bare host take turns, so that few hosts see every source.
    init(_ sandboxed: SandboxedProgram, number: Int, using generator: inout SeededGenerator) async throws {
        home = try TemporaryFolder()
        variables = sandboxed.program.environment
        variables["HOME"] = home.path
        variables["AWS_EC2_METADATA_DISABLED"] = nil
        let turns = ["publish", "pod", "admin", "vault", nil, "test", "deployer", "test"]
        choose(turns[number % turns.count], using: &generator)
        if chance(3, &generator) { addEnvironmentKeys(using: &generator) }
        if chance(3, &generator) { addContainer(sandboxed.sandbox, using: &generator) }
        if chance(4, &generator) { addWebIdentity(using: &generator) }
        for name in ["test", "default"] where chance(2, &generator) || name == profile {
            addProfile(name, using: &generator)
        }
        try await write(sandboxed)
    }

    var description: String {
        let own = variables.filter { $0.key.hasPrefix("AWS_") && $0.key != "AWS_SESSION_TOKEN" }
        return "\(own)\n--profile \(profile ?? "-")\n\(config)\n\(credentials)"
    }

    private func chance(_ parts: Int, _ generator: inout SeededGenerator) -> Bool {
        Int.random(in: 0..<parts, using: &generator) == 0
    }

    private mutating func choose(_ name: String?, using generator: inout SeededGenerator) {
        if chance(2, &generator) {
            profile = name
        } else {
            variables["AWS_PROFILE"] = name
        }
        if chance(6, &generator) { variables["AWS_DEFAULT_PROFILE"] = "gone" }
        if chance(8, &generator) { variables["AWS_EC2_METADATA_DISABLED"] = "TRUE" }
    }

    private mutating func addEnvironmentKeys(using generator: inout SeededGenerator) {
        let keys = SandboxCaller.named(.user).credentials
        if !chance(5, &generator) { variables["AWS_ACCESS_KEY_ID"] = keys.accessKeyID }
        if !chance(5, &generator) { variables["AWS_SECRET_ACCESS_KEY"] = keys.secretAccessKey.reveal() }
    }

    private mutating func addContainer(_ sandbox: Sandbox, using generator: inout SeededGenerator) {
        let task = "8f7d2c3e-4b1a-4d6f-9e21-7c5a3b9d0e64"
        variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "\(sandbox.baseURL)/v2/credentials/\(task)"
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] =
            chance(5, &generator) ? "wrong" : Sandbox.containerAuthorization.reveal()
    }

    private mutating func addWebIdentity(using generator: inout SeededGenerator) {
        variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = home.path + (chance(5, &generator) ? "/gone" : "/.aws/pod-token")
        if !chance(6, &generator) { variables["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/image-builder" }
        variables["AWS_ROLE_SESSION_NAME"] = "from-variables"
    }

    /// Some of the ways in which a profile can name credentials, at once.
    private mutating func addProfile(_ name: String, using generator: inout SeededGenerator) {
        var lines = name == "default" ? "[default]\n" : "[profile \(name)]\n"
        if chance(3, &generator) {
            let source = ["deployer", "release", "vault", "pod", "admin", "gone", name].randomElement(
                using: &generator)!
            lines += "role_arn = arn:aws:iam::123456789012:role/ops/release-manager\nrole_session_name = generated\n"
            if !chance(6, &generator) { lines += "source_profile = \(source)\n" }
            let kinds = ["Environment", "EcsContainer", "Ec2InstanceMetadata"]
            if chance(6, &generator) { lines += "credential_source = \(kinds.randomElement(using: &generator)!)\n" }
        }
        if chance(4, &generator) { lines += "credential_process = cat '\(home.path)/.aws/process.json'\n" }
        if chance(5, &generator) { lines += "web_identity_token_file = \(home.path)/.aws/pod-token\n" }
        if chance(5, &generator) {
            lines += "sso_session = acme\nsso_account_id = 123456789012\n"
            if !chance(5, &generator) { lines += "sso_role_name = Platform_Admin\n" }
        }
        if chance(4, &generator) { lines += keys(.root, using: &generator) }
        config += lines + "\n"
        if chance(3, &generator) { credentials += "[\(name)]\n" + keys(.container, using: &generator) }
    }

    private func keys(_ name: SandboxCaller.Name, using generator: inout SeededGenerator) -> String {
        let keys = SandboxCaller.named(name).credentials
        var lines = "aws_access_key_id = \(keys.accessKeyID)\n"
        if !chance(6, &generator) { lines += "aws_secret_access_key = \(keys.secretAccessKey.reveal())\n" }
        if let token = keys.sessionToken { lines += "aws_session_token = \(token.reveal())\n" }
        return lines
    }

    private func write(_ sandboxed: SandboxedProgram) async throws {
        var files = try await sandboxed.sandbox.awsFiles(home: home.path)
        files[".aws/config"] =
            config + files[".aws/config", default: ""].replacing("[default]\nregion = us-east-1\n", with: "")
        files[".aws/credentials", default: ""] += credentials
        let services = [
            ("sts/2011-06-15", variables["AWS_ENDPOINT_URL_STS"]),
            ("sso/2019-06-10", variables["AWS_ENDPOINT_URL_SSO"]),
            ("sso-oidc/2019-06-10", variables["AWS_ENDPOINT_URL_SSO_OIDC"]),
        ]
        for (service, url) in services {
            files[".aws/models/\(service)/endpoint-rule-set-1.json"] = Self.endpointRules(url ?? "")
        }
        for (path, text) in files {
            let file = URL(fileURLWithPath: "\(home.path)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    /// Rules that lead to one place, for the AWS CLI before 2.13, which knows no `AWS_ENDPOINT_URL_…`: botocore reads
    /// a service's data from `~/.aws/models` before its own.
    private static func endpointRules(_ url: String) -> String {
        let parameters = [("Region", "AWS::Region"), ("Endpoint", "SDK::Endpoint")].map {
            #""\#($0.0)": {"builtIn": "\#($0.1)", "required": false, "type": "String", "documentation": ""}"#
        }
        let switches = [
            ("UseGlobalEndpoint", "AWS::STS::UseGlobalEndpoint"), ("UseFIPS", "AWS::UseFIPS"),
            ("UseDualStack", "AWS::UseDualStack"),
        ].map {
            #""\#($0.0)": {"builtIn": "\#($0.1)", "required": true, "default": false, "type": "Boolean", "#
                + #""documentation": ""}"#
        }
        return """
            {"version": "1.0", "parameters": {\((parameters + switches).joined(separator: ", "))},
             "rules": [{"conditions": [], "type": "endpoint", "endpoint": {"url": "\(url)", "properties": {}, "headers": {}}}]}
            """
    }
}

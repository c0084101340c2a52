import AWSCaller
import Chainguard
import Dispatch
import Foundation
import Sandbox
import TestSupport
import Testing

/// The sandbox as clients that know nothing of it see it: curl as documented, the AWS CLI.
@Suite struct OtherClientsTests {
    /// Runs a shell script with the sandbox's variables and none of the person's own AWS settings.
    private func run(_ script: String, in sandbox: Sandbox) async throws -> (status: Int32, output: String) {
        var variables = sandbox.environment
        variables["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        variables["HOME"] = ProcessInfo.processInfo.environment["HOME"]
        variables["AWS_CONFIG_FILE"] = "/dev/null"
        variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script]
        process.environment = variables
        process.standardOutput = output
        process.standardError = output
        try process.run()
        // A blocking read has to stay off the cooperative pool, which the sandbox itself runs on.
        let text = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let bytes = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
        return (process.terminationStatus, text)
    }

    /// The documented recipe; only the scheme, the audience and the address behind the name are the sandbox's.
    private func recipe(_ sandbox: Sandbox, _ identity: UIDP) -> String {
        """
        curl -X POST "http://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15" \
          --connect-to "::${AWS_ENDPOINT_URL_STS#http://}" \
          --aws-sigv4 "aws:amz:us-east-1:sts" \
          --user "${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}" \
          -H "x-amz-security-token: ${AWS_SESSION_TOKEN}" \
          -H "Chainguard-Identity: \(identity)" \
          -H "Chainguard-Audience: \(sandbox.endpoints.issuer)" \
          -H "Accept: application/json" \
          -v 2>&1 > /dev/null \
          | grep '^> ' \
          | sed 's/> //' \
          | base64 -w0
        """
    }

    @Test(arguments: [(SandboxCaller.Name.role, "image-builder"), (.user, "deployer")])
    func theDocumentedCurlRecipeLogsIn(caller: SandboxCaller.Name, name: String) async throws {
        _ = try TestTool.path(of: "curl")
        try await withSandbox(SandboxOptions(caller: caller)) { sandbox async throws in
            let identity = try await sandbox.identity(name)
            let token = try await run(recipe(sandbox, identity), in: sandbox)
            let answer = try await sandbox.exchange(Secret(token.output), identity: identity)
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    @Test func theAWSCommandLineAssumesRoles() async throws {
        _ = try TestTool.path(of: "aws")
        try await withSandbox(SandboxOptions(caller: .user)) { sandbox async throws in
            let pod = try await sandbox.podToken().reveal()
            let answer = try await run(
                """
                set -eu
                use() { export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3; }
                sts() { aws sts "$@" --endpoint-url "$AWS_ENDPOINT_URL_STS" --output text; }
                keys='Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'
                role=arn:aws:iam::123456789012:role
                use $(sts assume-role --role-arn $role/ops/release-manager --role-session-name one --query "$keys")
                sts get-caller-identity --query Arn
                sts assume-role --role-arn $role/image-publisher --role-session-name two --query Arn 2>&1 || true
                use $(sts assume-role-with-web-identity --role-arn $role/image-builder --role-session-name three \
                    --web-identity-token \(pod) --query "$keys")
                sts get-caller-identity --query Arn
                """, in: sandbox)
            #expect(answer.status == 0, "\(answer.output)")
            let lines = answer.output.split(separator: "\n")
            #expect(lines.first == "arn:aws:sts::123456789012:assumed-role/release-manager/one", "\(answer.output)")
            #expect(lines.contains { $0.contains("AccessDenied") }, "no external id: \(answer.output)")
            #expect(lines.last == "arn:aws:sts::123456789012:assumed-role/image-builder/three", "\(answer.output)")
        }
    }

    @Test(arguments: [SandboxCaller.Name.role, .instance, .container])
    func theAWSCommandLineAsksTheSandbox(name: SandboxCaller.Name) async throws {
        _ = try TestTool.path(of: "aws")
        try await withSandbox(SandboxOptions(caller: name)) { sandbox async throws in
            // The CLI waits two seconds for the container endpoint, which a process full of other tests may miss.
            let answer = try await run(
                """
                ask() { aws sts get-caller-identity --endpoint-url "$AWS_ENDPOINT_URL_STS" --query Arn --output text 2>&1; }
                for _ in 1 2 3 4 5 6; do answer=$(ask) && break; done
                printf '%s\\n' "$answer"
                """, in: sandbox)
            #expect(answer.output == "\(SandboxCaller.named(name).identity.arn)\n")
        }
    }
}

import FoundationEssentials
import Testing
import Transport

@testable import AWSCaller

@Suite struct CredentialExportTests {
    private let temporary = AWSCredentials(
        accessKeyID: "ASIAX", secretAccessKey: Secret("a/b+c="), sessionToken: Secret("t=="), expiration: testNow)
    private let longTerm = AWSCredentials(accessKeyID: "AKIAX", secretAccessKey: Secret("s"))

    /// The texts that `aws configure export-credentials` of the AWS CLI v2 prints for the same credentials.
    @Test(arguments: [
        (
            CredentialExport.process,
            """
            {
              "Version": 1,
              "AccessKeyId": "ASIAX",
              "SecretAccessKey": "a/b+c=",
              "SessionToken": "t==",
              "Expiration": "2026-11-23T12:00:00+00:00"
            }

            """
        ),
        (
            .env,
            """
            export AWS_ACCESS_KEY_ID=ASIAX
            export AWS_SECRET_ACCESS_KEY=a/b+c=
            export AWS_SESSION_TOKEN=t==
            export AWS_CREDENTIAL_EXPIRATION=2026-11-23T12:00:00+00:00

            """
        ),
        (
            .envWithoutExport,
            """
            AWS_ACCESS_KEY_ID=ASIAX
            AWS_SECRET_ACCESS_KEY=a/b+c=
            AWS_SESSION_TOKEN=t==
            AWS_CREDENTIAL_EXPIRATION=2026-11-23T12:00:00+00:00

            """
        ),
        (
            .fish,
            """
            set -gx AWS_ACCESS_KEY_ID "ASIAX"
            set -gx AWS_SECRET_ACCESS_KEY "a/b+c="
            set -gx AWS_SESSION_TOKEN "t=="
            set -gx AWS_CREDENTIAL_EXPIRATION "2026-11-23T12:00:00+00:00"

            """
        ),
        (
            .powershell,
            """
            $Env:AWS_ACCESS_KEY_ID="ASIAX"
            $Env:AWS_SECRET_ACCESS_KEY="a/b+c="
            $Env:AWS_SESSION_TOKEN="t=="
            $Env:AWS_CREDENTIAL_EXPIRATION="2026-11-23T12:00:00+00:00"

            """
        ),
    ])
    func printsWhatTheCLIPrints(_ format: CredentialExport, _ text: String) {
        #expect(format.text(temporary) == text)
    }

    @Test func longTermKeysHaveNeitherTokenNorEnd() {
        #expect(
            CredentialExport.env.text(longTerm) == "export AWS_ACCESS_KEY_ID=AKIAX\nexport AWS_SECRET_ACCESS_KEY=s\n")
        #expect(!CredentialExport.process.text(longTerm).contains("SessionToken"))
    }

    @Test func whatAShellWouldActOnIsQuoted() {
        let hostile = AWSCredentials(accessKeyID: "$(id)", secretAccessKey: Secret("'`\"$x\\\n;"))
        let posix = CredentialExport.env.text(hostile)
        #expect(posix == "export AWS_ACCESS_KEY_ID='$(id)'\nexport AWS_SECRET_ACCESS_KEY=''\\''`\"$x\\\n;'\n")
        #expect(CredentialExport.fish.text(hostile).contains(#""'`\"\$x\\"#))
        #expect(CredentialExport.powershell.text(hostile).contains("\"'```\"`$x\\"))
        #expect(CredentialExport.process.text(hostile).contains(#""'`\"$x\\\n;""#))
    }

    @Test func momentsKeepTheirFraction() {
        #expect(CredentialExport.moment(testNow.addingTimeInterval(0.25)) == "2026-11-23T12:00:00.250000+00:00")
    }

    @Test func secretPropertiesAreKnownByName() {
        for name in ["aws_secret_access_key", "aws_session_token", "credential_process", "my_password", "x_secret_y"] {
            #expect(SecretProperties.contains(name), "\(name)")
        }
        for name in ["aws_access_key_id", "region", "web_identity_token_file", "sso_start_url", "role_arn"] {
            #expect(!SecretProperties.contains(name), "\(name)")
        }
    }
}

@Suite struct ProbeTests {
    private let keys = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-1"]
    private let container = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/creds"]

    private var host: TestHost {
        let transport = ScriptedTransport { request throws(TransportError) in
            guard request.url == "http://127.0.0.1/creds" else {
                throw TransportError(.connectionRefused, host: request.url)
            }
            return HTTPResponse(200, #"{"AccessKeyId": "ASIATASK", "SecretAccessKey": "s", "Token": "t"}"#)
        }
        return TestHost(variables: keys.merging(container) { $1 }, transport: transport)
    }

    private func resolve(probing: Bool) async -> CredentialResolution {
        await CallerDetector(context: host.context, probes: probing).resolve()
    }

    @Test func laterSourcesOfTheNetworkAreAskedOnlyOnRequest() async throws {
        let quiet = await resolve(probing: false)
        #expect(quiet.report(.container)?.outcome == .shadowed(by: .environment))
        #expect(quiet.report(.container)?.probe == nil)
        let probed = await resolve(probing: true)
        #expect(probed.credentials?.accessKeyID == "AKIAENV")
        #expect(probed.winner == .environment)
        #expect(probed.report(.container)?.outcome == .shadowed(by: .environment))
        #expect(probed.report(.container)?.probe == .answered(accessKeyID: "ASIATASK", expiration: nil))
        guard case .notConfigured = probed.report(.imds)?.outcome else {
            Issue.record("the metadata service that refuses connections is not there")
            return
        }
    }

    @Test func aProbeNeverDecidesAStoppedChain() async {
        var host = host
        host.variables["AWS_SECRET_ACCESS_KEY"] = nil
        let resolution = await CallerDetector(context: host.context, probes: true).resolve()
        #expect(resolution.credentials == nil && resolution.winner == nil)
        #expect(resolution.report(.container)?.probe == .answered(accessKeyID: "ASIATASK", expiration: nil))
        #expect(resolution.failure?.what.hasPrefix("Half a key pair") == true)
    }
}

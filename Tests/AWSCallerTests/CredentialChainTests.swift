import FoundationEssentials
import Testing
import Transport

@testable import AWSCaller

@Suite struct CredentialChainTests {
    private let keys = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"]
    private let profiles = """
        [default]
        aws_access_key_id = AKIADEFAULT
        aws_secret_access_key = s
        [work]
        aws_access_key_id = AKIAWORK
        aws_secret_access_key = s
        aws_session_token = t
        """

    @Test func reportsEverySourceInOrder() async {
        let resolution = await TestHost(variables: keys).resolve()
        #expect(resolution.reports.map(\.source) == CredentialSource.allCases)
        #expect(resolution.winner == .environment)
    }

    @Test func theEnvironmentBeatsAWSProfile() async {
        let host = TestHost(variables: keys.merging(["AWS_PROFILE": "work"]) { $1 }, credentials: profiles)
        let resolution = await host.resolve()
        #expect(resolution.credentials?.accessKeyID == "AKIAENV")
        #expect(resolution.report(.sharedProfile)?.outcome == .shadowed(by: .environment))
        #expect(resolution.report(.imds)?.outcome == .skipped("Environment variables won"))
        #expect(resolution.profile == ProfileChoice(name: "work", reason: .variable))
    }

    @Test func anExplicitProfileBeatsTheEnvironment() async {
        let resolution = await TestHost(variables: keys, credentials: profiles).resolve(profile: "work")
        #expect(resolution.credentials?.accessKeyID == "AKIAWORK")
        #expect(resolution.credentials?.sessionToken?.reveal() == "t")
        #expect(resolution.report(.environment)?.outcome == .skipped("--profile was given"))
        #expect(
            resolution.report(.sharedProfile)?.origins.map(\.location) == [
                "~/.aws/credentials:4", "~/.aws/credentials:5", "~/.aws/credentials:6", "~/.aws/credentials:7",
            ])
    }

    @Test func anExplicitProfileSwitchesOffWebIdentityVariables() async {
        let variables = ["AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"]
        let resolution = await TestHost(variables: variables, credentials: profiles).resolve(profile: "work")
        #expect(resolution.winner == .sharedProfile)
    }

    @Test func halfAPairInTheEnvironmentStopsTheChain() async {
        let host = TestHost(variables: ["AWS_ACCESS_KEY_ID": "AKIAENV"], credentials: profiles)
        let resolution = await host.resolve()
        #expect(resolution.credentials == nil)
        #expect(resolution.failure(.environment)?.remedy == "Set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID")
        #expect(resolution.report(.sharedProfile)?.outcome == .skipped("the chain stopped at Environment variables"))
        #expect(resolution.failure?.category == .noCredentials)
    }

    @Test func halfAPairInAProfileStopsTheChain() async {
        let resolution = await TestHost(config: "[default]\naws_access_key_id = a").resolve()
        #expect(resolution.failure(.sharedProfile)?.what.contains("aws_secret_access_key is missing") == true)
        #expect(resolution.report(.imds)?.outcome == .skipped("the chain stopped at Keys in a profile"))
    }

    @Test func aSecretWithoutAnIdIsAbsentAndSaid() async {
        let host = TestHost(variables: ["AWS_SECRET_ACCESS_KEY": "s"], credentials: profiles)
        let caller = await host.detect()
        #expect(caller.resolution.winner == .sharedProfile)
        #expect(caller.findings.contains { $0.text.hasPrefix("Half a key pair") })
    }

    @Test func keysInTheConfigFileComeAfterACredentialProcess() async {
        let keys = "aws_access_key_id = AKIAKEYS\naws_secret_access_key = s\n"
        var host = TestHost(config: "[default]\n\(keys)credential_process = x")
        host.processes.result.standardOutput = Array(
            #"{"Version": 1, "AccessKeyId": "ASIAP", "SecretAccessKey": "s"}"#.utf8)
        let resolution = await host.resolve()
        #expect(resolution.winner == .process)
        #expect(resolution.report(.sharedProfile)?.outcome == .shadowed(by: .process))
        host.credentials = "[default]\n\(keys)"
        #expect(await host.resolve().winner == .sharedProfile)
    }

    @Test func blankVariablesCountAsUnset() async {
        let host = TestHost(
            variables: ["AWS_ACCESS_KEY_ID": "  ", "AWS_SECRET_ACCESS_KEY": "", "AWS_PROFILE": " "],
            credentials: profiles)
        let resolution = await host.resolve()
        #expect(resolution.credentials?.accessKeyID == "AKIADEFAULT")
        #expect(resolution.report(.environment)?.outcome == .notConfigured("AWS_ACCESS_KEY_ID is not set"))
    }

    @Test func aNamedProfileThatIsNowhereIsAnErrorWithASuggestion() async {
        let resolution = await TestHost(variables: keys.merging(["AWS_PROFILE": "wrok"]) { $1 }, credentials: profiles)
            .resolve()
        #expect(resolution.credentials == nil)
        #expect(resolution.failure?.remedy == "Did you mean 'work'?")
    }

    @Test func anAbsentDefaultGoesOn() async {
        let resolution = await TestHost(variables: ["AWS_EC2_METADATA_DISABLED": "TRUE"]).resolve()
        #expect(resolution.reports.allSatisfy { if case .notConfigured = $0.outcome { true } else { false } })
        #expect(resolution.failure?.code == "no-credentials")
    }

    @Test func aFileThatDoesNotParseStopsTheChain() async {
        let resolution = await TestHost(variables: keys, config: "[default").resolve()
        #expect(resolution.credentials == nil)
        #expect(resolution.failure(.sharedProfile)?.what.hasPrefix("~/.aws/config:1") == true)
        #expect(resolution.reports.count == CredentialSource.allCases.count)
    }

    @Test func aLoginSessionThatIsNotSignedInStopsTheChain() async {
        let resolution = await TestHost(config: "[default]\nlogin_session = arn:aws:iam::1:user/ann").resolve()
        #expect(resolution.failure(.loginSession)?.remedy == "Run: aws login --profile default")
        #expect(resolution.report(.imds)?.outcome == .skipped("the chain stopped at Login session (aws login)"))
    }

    @Test func theNewerVariableNamesTheProfile() async {
        let host = TestHost(
            variables: ["AWS_PROFILE": "work", "AWS_DEFAULT_PROFILE": "gone"], credentials: profiles)
        #expect(await host.resolve().profile == ProfileChoice(name: "work", reason: .variable))
    }

    @Test func aProcessThatNamesNoAccountIsGivenTheProfiles() async {
        var host = TestHost(config: "[default]\ncredential_process = x\naws_account_id = 012345678901")
        host.processes.result.standardOutput = Array(
            #"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s"}"#.utf8)
        #expect(await host.resolve().credentials?.accountID == "012345678901")
    }

    @Test func noNetworkIsAskedAfterAWinner() async {
        let transport = ScriptedTransport.silent
        let variables = keys.merging([
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x", "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "r",
        ]) { $1 }
        let resolution = await TestHost(variables: variables, transport: transport).resolve()
        #expect(resolution.report(.container)?.outcome == .shadowed(by: .environment))
        #expect(resolution.report(.webIdentity)?.outcome == .shadowed(by: .environment))
        #expect(transport.requests.isEmpty)
    }

    @Test func aCredentialProcessGivesCredentials() async {
        let document = #"{"Version": 1, "AccessKeyId": "ASIAP", "SecretAccessKey": "s", "SessionToken": "t"}"#
        var host = TestHost(config: "[default]\ncredential_process = /bin/x --y")
        host.processes.result.standardOutput = Array(document.utf8)
        let resolution = await host.resolve()
        #expect(resolution.winner == .process)
        #expect(resolution.credentials?.sessionToken?.reveal() == "t")
    }

    @Test(arguments: [
        (1, "", "failed with status 1"), (0, "hello", "printed no JSON"), (0, #"{"Version": 2}"#, "Version is not 1"),
        (0, #"{"Version": 1, "AccessKeyId": "a"}"#, "incomplete"),
        (0, #"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}"#, "expired"),
    ])
    func aCredentialProcessThatFailsStopsTheChain(_ status: Int, _ output: String, _ words: String) async {
        var host = TestHost(config: "[default]\ncredential_process = x")
        host.processes.result = ProcessResult(
            status: status, standardOutput: Array(output.utf8), standardError: Array("why\n".utf8))
        let resolution = await host.resolve()
        let failure = resolution.failure(.process)
        #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "none")")
        #expect(failure?.detail == (status == 0 ? "" : "why"))
        #expect(resolution.report(.imds)?.outcome == .skipped("the chain stopped at Credential process"))
    }
}

@Suite struct PosixProcessesTests {
    private let environment = Environment(["PATH": "/usr/bin:/bin", "NAME": "value"])

    @Test func runsTheShellWithTheEnvironment() async throws {
        let result = try await PosixProcesses().run(
            shell: "echo \"$NAME\"; echo err >&2; exit 3", environment: environment, limit: 100, timeout: .seconds(20))
        #expect(result.status == 3)
        #expect(result.standardOutput == Array("value\n".utf8))
        #expect(result.standardError == Array("err\n".utf8))
    }

    @Test func boundsOutputAndTime() async {
        await #expect(throws: Failure.self) {
            try await PosixProcesses().run(
                shell: "cat /dev/zero", environment: environment, limit: 1_000, timeout: .seconds(20))
        }
        await #expect(throws: Failure.self) {
            try await PosixProcesses().run(
                shell: "exec >&- 2>&-; sleep 60", environment: environment, limit: 10, timeout: .milliseconds(100))
        }
    }
}

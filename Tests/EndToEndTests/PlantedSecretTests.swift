import Foundation
import Sandbox
import Testing

/// Marked secrets in every place that credentials come from, and a search for them in everything that comes out.
@Suite struct PlantedSecretTests {
    private static let mark = "PLANTED"

    /// Each a way of using or failing to use what is planted.
    private static let variants: [(profile: String?, variables: [String: String])] = [
        (nil, ["AWS_ACCESS_KEY_ID": "AKIAX", "AWS_SECRET_ACCESS_KEY": mark, "AWS_SESSION_TOKEN": mark]),
        (nil, ["AWS_ACCESS_KEY_ID": "AKIAX", "AWS_SESSION_TOKEN": mark]),
        (nil, ["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/x"]),
        (nil, ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "BASE/none", "AWS_CONTAINER_AUTHORIZATION_TOKEN": mark]),
        (nil, ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "BASE/none", "AWS_CONTAINER_AUTHORIZATION_TOKEN": mark + "\n"]),
        (
            nil,
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "BASE/none", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/token"]
        ),
        (nil, ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://10.0.0.1/", "AWS_CONTAINER_AUTHORIZATION_TOKEN": mark]),
        ("static", [:]), ("half", [:]), ("role", [:]), ("sso", [:]), ("legacy", [:]), ("login", [:]),
        ("old-login", [:]),
        ("pod", [:]), ("prints-secret", [:]), ("prints-garbage", [:]), ("prints-half", [:]), ("fails", [:]),
        ("nobody", [:]),
    ]

    private static let config = """
        [profile role]
        role_arn = arn:aws:iam::123456789012:role/x
        source_profile = static
        [profile sso]
        sso_session = s
        sso_account_id = 123456789012
        sso_role_name = R
        [sso-session s]
        sso_start_url = https://s.example/start
        sso_region = us-east-1
        [profile legacy]
        sso_start_url = https://s.example/start
        sso_region = us-east-1
        sso_account_id = 123456789012
        sso_role_name = R
        [profile login]
        login_session = one
        [profile old-login]
        login_session = two
        [profile pod]
        role_arn = arn:aws:iam::123456789012:role/x
        web_identity_token_file = HOME/token
        [profile prints-secret]
        credential_process = echo '{"Version": 1, "AccessKeyId": "AKIAX", "SecretAccessKey": "PLANTED"}'
        [profile prints-garbage]
        credential_process = echo PLANTED
        [profile prints-half]
        credential_process = echo '{"Version": 1, "SecretAccessKey": "PLANTED"}'
        [profile fails]
        credential_process = echo PLANTED; exit 3

        """

    private static let credentials = """
        [static]
        aws_access_key_id = AKIAX
        aws_secret_access_key = PLANTED
        aws_session_token = PLANTED
        [half]
        aws_secret_access_key = PLANTED

        """

    private func plant(in home: String) throws {
        let token =
            #"{"accessToken": "PLANTED", "expiresAt": "ENDS", "refreshToken": "PLANTED", "clientId": "c","#
            + #" "clientSecret": "PLANTED", "registrationExpiresAt": "2999-01-01T00:00:00Z"}"#
        let login =
            #"{"accessToken": {"accessKeyId": "AKIAX", "secretAccessKey": "PLANTED", "sessionToken": "PLANTED","#
            + #" "expiresAt": "ENDS"}, "refreshToken": "PLANTED", "dpopKey": "PLANTED"}"#
        let files = [
            ".aws/config": Self.config.replacing("HOME", with: home), ".aws/credentials": Self.credentials,
            "token": Self.mark,
            // SHA-1 of the session's name and of the start URL.
            ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json": token.replacing(
                "ENDS", with: "2000-01-01T00:00:00Z"),
            ".aws/sso/cache/a7b444a7715802a4d3d8ede460e03c78d1b161c6.json": token.replacing(
                "ENDS", with: "2999-01-01T00:00:00Z"),
            // SHA-256 of the sessions.
            ".aws/login/cache/7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed.json": login.replacing(
                "ENDS", with: "2999-01-01T00:00:00Z"),
            ".aws/login/cache/3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3.json": login.replacing(
                "ENDS", with: "2000-01-01T00:00:00Z"),
        ]
        for (path, text) in files {
            let file = URL(fileURLWithPath: "\(home)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    @Test func noneIsSeenInAnythingThatComesOut() async throws {
        try await SandboxedProgram.with(caller: .instance, signedIn: false) { sandboxed in
            let program = sandboxed.program
            try plant(in: program.home.path)
            let log = program.home.path + "/cgid.log"
            let flags = ["--debug", "--log-file", log]
            for (profile, variables) in Self.variants {
                var environment = program.environment
                for (name, value) in variables {
                    environment[name] = value.replacing("BASE", with: sandboxed.sandbox.baseURL)
                        .replacing("HOME", with: program.home.path)
                }
                let profileFlag = profile.map { ["--profile", $0] } ?? []
                for command in [["whoami", "--explain", "--probe"], ["whoami", "-o", "json"]] {
                    let result = try await Program.run(
                        Program.path, command + profileFlag + flags, environment: environment)
                    #expect(!result.output.isEmpty || !result.errors.isEmpty)
                    expectNone(result.output + result.errors, "\(command) \(profile ?? "") \(variables.keys.sorted())")
                }
            }
            for command in [["profiles"], ["profiles", "-o", "json"]] {
                let result = try await Program.run(Program.path, command + flags, environment: program.environment)
                #expect(result.output.contains("prints-secret"))
                expectNone(result.output + result.errors, "\(command)")
            }
            expectNone(try String(contentsOfFile: log, encoding: .utf8), "the log")
        }
    }

    @Test(arguments: [("static", "AKIAX"), ("sso", "login"), ("fails", "status 3")])
    func noneIsSeenOnTheCallerScreen(profile: String, words: String) async throws {
        try await SandboxedProgram.with(caller: .instance, signedIn: false) { sandboxed in
            var program = sandboxed.program
            try plant(in: program.home.path)
            program.environment["AWS_PROFILE"] = profile
            try await Tmux.with(
                Program.path, width: 200, height: 60, environment: program.environment
            ) { terminal in
                expectNone(try await terminal.see(profile, words), "the screen")
            }
        }
    }

    private func expectNone(_ text: String, _ place: String) {
        #expect(!text.contains(Self.mark), "\(place): \(text)")
    }
}

import AWSCaller
import Testing

@Suite struct ProfileSummaryTests {
    @Test func eachProfileSaysWhatItGives() throws {
        let host = TestHost(
            config: """
                [profile zeta]
                region = eu-west-1
                [profile deploy]
                role_arn = arn:aws:iam::123456789012:role/ci/deploy
                source_profile = base
                [profile pod]
                role_arn = arn:aws:iam::123456789012:role/pod
                web_identity_token_file = /token
                [profile admin]
                sso_session = main
                sso_account_id = 123456789012
                sso_role_name = Admin
                [profile vault]
                credential_process = /bin/true --password MARKED
                [profile laptop]
                login_session = arn:aws:iam::123456789012:user/ada
                [default]
                output = json
                """,
            credentials: """
                [base]
                aws_access_key_id = AKIAEXAMPLE
                aws_secret_access_key = MARKED
                """)
        let summaries = try SharedConfig.load(host.context).summaries
        #expect(
            summaries.map { "\($0.name): \($0.kind.words)" } == [
                "default: no credentials of its own", "admin: SSO, Admin in 123456789012", "base: static keys",
                "deploy: role deploy via base", "laptop: login session (aws login)", "pod: web identity, role pod",
                "vault: credential process", "zeta: no credentials of its own",
            ])
        #expect(!"\(summaries)".contains("MARKED"))
    }
}

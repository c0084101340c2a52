/// Profiles made by `aws login`. Their credentials live in `~/.aws/login/cache`, bound to a key by DPoP proofs; this
/// program names the source and leaves following it to the AWS CLI.
enum LoginSessionSource {
    static func examine(_ scope: ProfileScope) -> Examination {
        guard let session = scope.section?["login_session"] else { return .absent("the profile has no login_session") }
        let failure = Failure(
            "The profile '\(scope.name)' uses a login session of 'aws login', which only the AWS CLI can follow",
            remedy: "Run: eval \"$(aws configure export-credentials --profile \(scope.name) --format env)\"",
            category: .noCredentials)
        return .broken(
            failure, [ValueOrigin(name: "login session", value: session.text, location: session.location)])
    }
}

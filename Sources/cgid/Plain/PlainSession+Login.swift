import AWSCaller
import Chainguard
import FoundationEssentials
import Screens

extension PlainSession {
    /// - Parameter known: asked for when `nil`.
    func openToken(for known: AssumableIdentity?) throws {
        guard let identity = try known ?? chooseIdentity("Identity that the token is for"),
            case .token(let token) = try answer(.token(identity.uid, profile: profile))
        else { return }
        let linter = TokenLinter(
            identity: identity.uid.text, audiences: [runtime.endpoints.issuer], now: now)
        let inspection = TokenInspection(
            request: token.request, findings: linter.lint(token.text.reveal()), now: now)
        terminal.say("\n" + inspection.text)
        let end = token.expires.formatted(.iso8601)
        guard try terminal.confirm("Print the token? Until \(end) whoever has it can become the identity.") else {
            return
        }
        Console.answerVerbatim(token.text.reveal() + "\n")
    }

    /// The token is kept under an alias, beside the operator's own.
    func logIn(as known: AssumableIdentity?) throws {
        guard let identity = try known ?? chooseIdentity("Identity to log in as") else { return }
        let alias = Session.alias(for: identity.uid, name: identity.name)
        let last = try answer(.login(identity.uid, alias: alias, profile: profile)) { answer in
            guard case .loginStage(let update) = answer else { return }
            switch update.state {
            case .done(let detail): terminal.say("\(update.stage.title): \(detail.isEmpty ? "done" : detail)")
            case .failed: terminal.say("\(update.stage.title): failed")
            case .running: break
            }
        }
        guard case .loggedIn(let outcome) = last else { return }
        terminal.say("\n" + SubjectDocument(outcome.subject, path: outcome.cachePath).text(now: now))
        login = .alias(alias)
        terminal.say("You are \(alias) at Chainguard from now on; o makes you the operator again.")
    }
}

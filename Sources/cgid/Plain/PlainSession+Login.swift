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
        examine(token.text, for: identity.uid)
        let end = token.expires.formatted(.iso8601)
        guard try terminal.confirm("Print the token? Until \(end) whoever has it can become the identity.") else {
            return
        }
        Console.answerVerbatim(token.text.reveal() + "\n")
    }

    func openPasted() throws {
        examine(Secret(try terminal.askSecret("Token")), for: nil)
    }

    private func examine(_ token: Secret, for identity: UIDP?) {
        let text = token.reveal()
        let linter = TokenLinter(identity: identity?.text, audiences: [runtime.endpoints.issuer], now: now)
        let request = (try? TokenDecoder.decode(text))?.request
        terminal.say("\n" + TokenInspection(request: request, findings: linter.lint(text), now: now).text)
    }

    /// The token is kept under an alias, beside the operator's own.
    func logIn(as known: AssumableIdentity?) throws {
        guard let identity = try known ?? chooseIdentity("Identity to log in as") else { return }
        let alias = Session.alias(for: identity.uid, name: identity.name, among: listed)
        let proof = identity.relationship?.proof ?? .signedRequest
        let last = try answer(.login(identity.uid, proof: proof, alias: alias, profile: profile)) { answer in
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

import AWSCaller
import Chainguard
import Screens

extension PlainSession {
    func lookAtCaller() throws {
        caller = nil
        guard case .caller(let found) = try answer(.detectCaller(profile: profile, probes: false)) else { return }
        caller = found
        if let identity = found.answer?.identity {
            terminal.say("AWS: account \(identity.account), \(identity.arn)")
        } else if let failure = found.failure {
            terminal.say("AWS: nobody. \(failure)")
        }
    }

    func lookAtSubject() throws {
        guard case .subject(let who) = try answer(.subject(as: login)) else { return }
        guard let who else {
            return terminal.say("Chainguard: nobody is signed in. 'cgid signin' signs an operator in")
        }
        let name = who.email.isEmpty ? who.subject : who.email
        let end = who.expiry.map { ", until \(Moment.text($0, now: now))" } ?? ""
        terminal.say("Chainguard: \(name)\(end)")
    }

    func explainCaller() throws {
        try lookAtCaller()
        guard let caller else { return }
        terminal.say(CallerText.summary(caller, now: now))
        terminal.say("\n" + CallerText.chain(caller))
        if !caller.findings.isEmpty { terminal.say("\n" + CallerText.findings(caller)) }
    }

    func changeProfile() throws {
        guard case .profiles(let all) = try answer(.profiles) else { return }
        profile = try terminal.choose(
            "Profile", all, leaving: "means the one that the environment names", title: \.name)?.name
        try lookAtCaller()
    }

    /// Look at Chainguard as somebody else.
    func become(_ session: Session) throws {
        login = session
        try lookAtSubject()
    }
}

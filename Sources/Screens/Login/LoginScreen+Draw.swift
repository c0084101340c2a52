import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

extension LoginScreen {
    /// There is something to show beside how far the login is, and room for it.
    func isPaired(_ context: Context) -> Bool { context.isWide && uid != nil }

    /// Everything one below the other.
    func page(_ context: Context) -> Page {
        var page = Page(width: context.content.width - 2, theme: context.theme)
        course(context, &page)
        side(context, &page)
        return page
    }

    func pair(_ context: Context) -> PagePair {
        var pair = PagePair(context, leftPercent: 45)
        course(context, &pair.left)
        side(context, &pair.right)
        return pair
    }

    /// Whom to log in as, how far it is, what came of it.
    private func course(_ context: Context, _ page: inout Page) {
        guard let uid else {
            page.heading("No identity is chosen")
            page.text("Enter lists them: those that would let this caller in come first, any other goes by its UIDP.")
            page.text("Logging in assumes the identity with this host's AWS credentials.", context.theme.dim)
            return
        }
        head(uid, context, &page)
        page.blank()
        let isRunning = context.work.contains(.login)
        guard !stages.isEmpty || isRunning || failure != nil || outcome != nil else {
            page.text(way(context), context.theme.dim)
            let lifetime = TimeInterval(CallerTokenGenerator.lifetime.components.seconds)
            warnOfEnd(
                before: context.now.addingTimeInterval(lifetime), "the proof's 15 minutes are over", context, &page)
            return
        }
        for stage in LoginStage.allCases { row(stage, isRunning, context, &page) }
        if let failure {
            page.heading("Why it failed")
            page.failure(failure)
        }
        if let outcome { welcome(outcome, context, &page) }
    }

    /// What the identity wants of a caller; once logged in, what one may do.
    private func side(_ context: Context, _ page: inout Page) {
        guard let uid else { return }
        if let outcome { return rights(outcome, context, &page) }
        guard let identity = context.workspace.identity(uid) else {
            page.heading("This host's caller")
            return page.text(
                "The identity is in no list that was read: only the login tells whether it lets the caller in.",
                page.theme.dim)
        }
        IdentityPage.match(identity, context, &page)
        if context.isWide { IdentityPage.relationship(identity, context, &page) }
    }

    /// How to log in as it, or why that can't be from here.
    private func way(_ context: Context) -> String {
        guard let problem = objection(to: .signedRequest, context) else {
            guard let identity = uid.flatMap(context.workspace.identity), let caller = context.workspace.callerValues,
                !identity.admits(caller)
            else { return "Enter logs in." }
            return "Enter logs in, though this caller does not match."
        }
        return "\(problem.prefix(1).uppercased())\(problem.dropFirst())."
    }

    /// Where the AWS credentials end first, what they are needed for must be done by then.
    private func warnOfEnd(before end: Date, _ what: String, _ context: Context, _ page: inout Page) {
        guard let first = context.workspace.credentials?.expiration, first > context.now, first < end else { return }
        page.warning(
            "The AWS credentials end at \(TimeText.clock(first, now: context.now)), "
                + "\(TimeText.countdown(to: first, now: context.now)), before \(what)")
    }

    private func head(_ uid: UIDP, _ context: Context, _ page: inout Page) {
        let name = context.workspace.name(of: uid)
        page.text([Span("Log in as ", page.theme.dim), Span(name ?? uid.text, page.theme.title)])
        if name != nil, outcome == nil { page.exact("UIDP", uid.text) }
        guard failure == nil else { return }
        let kept = alias ?? context.workspace.loginAlias(for: uid)
        page.pair("Kept as", "\(kept), beside the operator's own sign-in")
    }

    private func row(_ stage: LoginStage, _ isRunning: Bool, _ context: Context, _ page: inout Page) {
        guard let update = stages[stage] else {
            if failure == nil { StepRows.waiting(stage.title, "", &page) }
            return
        }
        switch update.state {
        case .running where isRunning:
            let elapsed = Duration.milliseconds(Int(context.now.timeIntervalSince(stageBegan ?? context.now) * 1000))
            StepRows.running(stage.title, elapsed: Spinner(elapsed: elapsed).isVisible ? elapsed : nil, &page)
        case .running: StepRows.waiting(stage.title, "cancelled", &page)
        // Once it is over, what came of it stands below.
        case .done(let detail): StepRows.done(stage.title, outcome == nil ? detail : "", update.elapsed, &page)
        case .failed: StepRows.failed(stage.title, "failed", update.elapsed, &page)
        }
    }

    private func welcome(_ outcome: LoginOutcome, _ context: Context, _ page: inout Page) {
        page.heading("Signed in at Chainguard")
        let subject = outcome.subject
        let name = context.workspace.name(of: subject)
        page.pair("Who", name ?? subject.subject)
        if name != nil { page.exact("Subject", subject.subject) }
        if let expiry = outcome.expiry ?? subject.expiry {
            let left = TimeText.countdown(to: expiry, now: context.now)
            page.pair("Until", "\(TimeText.clock(expiry, now: context.now)), \(left)")
        }
        page.pair("Token in", context.options.shortened(outcome.cachePath))
        if let expiry = outcome.expiry { warnOfEnd(before: expiry, "this token does", context, &page) }
    }

    private func rights(_ outcome: LoginOutcome, _ context: Context, _ page: inout Page) {
        guard let granted = outcome.subject.granted else { return }
        page.heading("What it may do")
        if granted.isEmpty {
            page.warning("Nothing: no role is bound to this identity. The login works, but every list will be refused")
        }
        for grant in granted {
            let group = UIDP(grant.group).map(context.workspace.groupName) ?? grant.group
            page.note("\(grant.role) at \(group)")
            page.capabilities(grant.capabilities, indent: 2)
        }
        page.blank()
        page.text("5 shows the repositories, o goes back to being the operator.", page.theme.dim)
    }
}

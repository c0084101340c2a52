import AWSCaller
import Chainguard
import FoundationEssentials

/// Everything about one identity, as a page.
enum IdentityPage {
    static func describe(_ identity: AssumableIdentity, _ context: Context, _ page: inout Page) {
        page.labelWidth = 12
        page.exact("UIDP", identity.uid.text)
        page.pair("Parent", identity.uid.parent.map(context.workspace.groupName) ?? "")
        if !identity.description.isEmpty { page.pair("About", identity.description) }
        page.pair("Last seen", TimeText.ago(identity.lastSeen, now: context.now))
        if let created = identity.created { page.pair("Created", TimeText.timestamp(created)) }
        if let updated = identity.updated, updated != identity.created {
            page.pair("Updated", TimeText.timestamp(updated))
        }
        match(identity, context, &page)
        relationship(identity, context, &page)
        bindings(identity, context, &page)
    }

    static func match(_ identity: AssumableIdentity, _ context: Context, _ page: inout Page) {
        guard case .aws(let aws) = identity.relationship else { return }
        page.heading("This host's caller")
        if let caller = context.workspace.callerValues {
            page.verdict(aws.verdict(for: caller))
        } else if context.workspace.caller.isLoading {
            page.text("finding out who calls …", page.theme.dim)
        } else {
            page.text("not known, so nothing can be said: see 1 Caller", page.theme.dim)
        }
    }

    static func relationship(_ identity: AssumableIdentity, _ context: Context, _ page: inout Page) {
        page.heading("Who may assume it")
        switch identity.relationship {
        case .aws(let aws):
            page.pair("Account", aws.account)
            page.exact("ARN", aws.arn.words)
            page.exact("User id", aws.userID.words)
            for warning in aws.warnings() { page.warning(warning) }
        case .claimMatch(let claims): claimMatch(claims, &page)
        case .staticKeys(let keys):
            page.pair("Issuer", keys.issuer)
            page.pair("Subject", keys.subject)
            if let end = keys.expiration {
                page.pair("Expires", TimeText.timestamp(end) + ", " + TimeText.countdown(to: end, now: context.now))
            }
            if !keys.audiences.isEmpty { page.pair("Audiences", keys.audiences.joined(separator: ", ")) }
        case .servicePrincipal(let name): page.pair("Service", name)
        case nil: page.text("A relationship that this version does not know.", page.theme.dim)
        }
    }

    private static func claimMatch(_ claims: ClaimMatch, _ page: inout Page) {
        page.exact("Issuer", claims.issuer.words)
        page.exact("Subject", claims.subject.words)
        for warning in claims.warnings() { page.warning(warning) }
        if let audience = claims.audience { page.exact("Audience", audience.words) }
        for (name, value) in claims.claims.sorted(by: { $0.key < $1.key }) { page.exact(name, "exactly \(value)") }
        for (name, value) in claims.claimPatterns.sorted(by: { $0.key < $1.key }) {
            page.exact(name, "pattern \(value)")
        }
    }

    private static func bindings(_ identity: AssumableIdentity, _ context: Context, _ page: inout Page) {
        page.heading("Roles it is bound to")
        let bindings = context.workspace.bindings[identity.uid] ?? Loadable()
        if let known = bindings.value {
            if known.isEmpty { page.text("none: it can log in but do nothing", page.theme.warning) }
            for binding in known { page.note("\(binding.role.name) at \(binding.group.name)") }
        } else if let failure = bindings.failure {
            page.failure(failure)
        } else {
            page.text("asking …", page.theme.dim)
        }
    }
}

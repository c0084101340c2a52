import AWSCaller
import Chainguard
import Screens

extension PlainSession {
    /// Asks for the draft field by field, filled in from the caller, shows what it would do, and creates it.
    func createIdentity() throws {
        var draft = caller?.answer.map { IdentityDraft(from: $0.identity) } ?? IdentityDraft()
        terminal.say("\(ProofAdvice.text(for: caller?.answer?.identity)).")
        draft.kind = try chooseKind(suggesting: draft.kind)
        if draft.kind == .federation { try askFederation(&draft) } else { try askPrincipal(&draft) }
        if draft.name.isEmpty { draft.name = IdentityDraft.suggestedName(draft.iamName) }
        try ask("Name of the identity at Chainguard", .name, \.name, &draft)
        try ask("Description, - for none", .description, \.description, &draft)
        guard let parent = try chooseParent() else { return terminal.say("Nothing was created.") }
        draft.parent = parent
        draft.roles = try chooseRoles()
        try review(draft)
        guard try terminal.confirm("Create it?") else { return terminal.say("Nothing was created.") }
        try create(draft)
    }

    private func chooseKind(suggesting kind: IdentityDraft.Kind) throws -> IdentityDraft.Kind {
        while true {
            let text = try terminal.ask("For an IAM role, an IAM user, or outbound federation", suggesting: kind.title)
            if let kind = IdentityDraft.Kind(rawValue: text.lowercased()) { return kind }
            terminal.say("It is one of: role, user, federation.")
        }
    }

    private func askPrincipal(_ draft: inout IdentityDraft) throws {
        try ask("AWS partition", .partition, \.partition, &draft)
        try ask("AWS account", .account, \.account, &draft)
        try ask("Name of the \(draft.kind.title) in IAM", .iamName, \.iamName, &draft)
        if draft.kind == .user { try ask("Path of the user", .path, \.path, &draft) }
        try ask("Unique id, - for none: then whoever carries the name is let in", .uniqueID, \.uniqueID, &draft)
    }

    /// From a token that STS gives this caller, or typed.
    private func askFederation(_ draft: inout IdentityDraft) throws {
        var federation = IdentityDraft.Federation()
        if try terminal.confirm("Ask STS for a token of this caller, and take issuer and subject from it?") {
            do {
                if case .federation(let found) = try answer(.federation(profile: profile)) { federation = found }
            } catch let failure as Failure {
                terminal.say("Failed: \(failure)")
            }
        }
        draft.federation = federation
        try ask("Issuer of the account's tokens", .issuer, \.federationIssuer, &draft)
        try ask("Subject: the ARN of the role or user", .subject, \.federationSubject, &draft)
        draft.iamName = draft.federation?.subject.split(separator: "/").last.map(String.init) ?? ""
        draft.name = IdentityDraft.suggestedName(draft.iamName)
    }

    /// Asks until the field keeps its rule. A dash empties it.
    private func ask(
        _ question: String, _ field: IdentityDraft.Field, _ path: WritableKeyPath<IdentityDraft, String>,
        _ draft: inout IdentityDraft
    ) throws {
        while true {
            let text = try terminal.ask(question, suggesting: draft[keyPath: path])
            draft[keyPath: path] = text == "-" ? "" : text
            guard let problem = draft.problem(field) else { return }
            terminal.say("\(problem).")
        }
    }

    func chooseParent() throws -> Group? {
        guard case .groups(let groups) = try answer(.groups(as: login)) else { return nil }
        guard !groups.isEmpty else {
            terminal.say("No organization can be seen.")
            return nil
        }
        let preferred = runtime.configuration.defaultGroup
        let suggested = groups.first { $0.name == preferred || $0.uid.text == preferred }
        // Enter takes the suggestion, as at every other question.
        guard let group = suggested ?? groups.first(where: \.uid.isRoot),
            try terminal.ask("Organization or folder, - for another one", suggesting: group.name) == group.name
        else {
            return try terminal.choose("Organization or folder", groups.sorted { $0.uid < $1.uid }) { group in
                group.description.isEmpty ? group.name : "\(group.name), \(group.description)"
            }
        }
        return group
    }

    func chooseRoles() throws -> [Role] {
        guard case .roles(let all) = try answer(.roles(as: login)) else { return [] }
        while true {
            let text = try terminal.ask("Roles, separated by commas; ? lists them, an empty line binds none")
            if text == "?" {
                for role in all { terminal.say("- \(role.name): \(role.description)") }
                continue
            }
            do {
                return try RoleLookup.roles(text.split(separator: ",").map { String($0).trimmed }, among: all)
            } catch {
                terminal.say("\(error)")
            }
        }
    }

    private func review(_ draft: IdentityDraft) throws {
        terminal.say("\nThe request:")
        terminal.show(draft.previewJSON)
        for warning in draft.warnings() { terminal.say("Warning: \(warning)") }
        guard let callerValues, case .aws(let aws) = draft.relationship else {
            return terminal.say("Whether this host would be let in is not known.")
        }
        let verdict = aws.verdict(for: callerValues)
        terminal.say("This host's caller \(verdict.matches ? "matches" : "does not match").")
        for line in verdict.advice { terminal.say(line) }
    }

    private func create(_ draft: IdentityDraft) throws {
        guard let created = try finish(.create(draft, caller: callerValues, as: login)) else { return }
        if try terminal.confirm("Log in as it?") { try logIn(as: created.identity) }
    }

    /// Tells each step of a creation, a new or a resumed one.
    @discardableResult
    func finish(_ creation: Job) throws -> CreatedIdentity? {
        let last = try answer(creation) { answer in
            guard case .creationStep(let update) = answer else { return }
            switch update.state {
            case .done(let detail): terminal.say("\(update.step.title): \(detail.isEmpty ? "done" : detail)")
            case .failed: terminal.say("\(update.step.title): failed")
            case .running, .skipped: break
            }
        }
        guard case .created(let created) = last else { return nil }
        terminal.say("Created \(created.identity.name): \(created.identity.uid)")
        return created
    }
}

extension IdentityDraft {
    fileprivate var federationIssuer: String {
        get { federation?.issuer ?? "" }
        set { federation?.issuer = newValue }
    }

    fileprivate var federationSubject: String {
        get { federation?.subject ?? "" }
        set { federation?.subject = newValue }
    }
}

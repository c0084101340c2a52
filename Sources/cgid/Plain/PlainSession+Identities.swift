import AWSCaller
import Chainguard
import Screens

extension PlainSession {
    func browseIdentities() throws {
        while let identity = try chooseIdentity("Identity") {
            try show(identity)
            try act(on: identity)
        }
    }

    /// - Returns: `nil` when the person chose none.
    func chooseIdentity(_ question: String) throws -> AssumableIdentity? {
        guard case .identities(let all, _, _) = try answer(.identities(as: login)) else { return nil }
        listed = all
        guard !all.isEmpty else {
            terminal.say("There are no identities.")
            return nil
        }
        return try terminal.choose(question, all.sorted { $0.name < $1.name }) { identity in
            let kind = IdentityKind(identity)?.rawValue ?? "unknown"
            return "\(identity.name), \(kind)" + (identity.description.isEmpty ? "" : ", \(identity.description)")
        }
    }

    private func show(_ identity: AssumableIdentity) throws {
        guard case .bindings(_, let bindings) = try answer(.bindings(identity.uid, as: login)) else { return }
        terminal.say("")
        terminal.say(IdentityDocument(identity, bindings: bindings).text)
        if let callerValues, case .aws = identity.relationship {
            terminal.say("")
            for ranked in IdentityRanking.rank([identity], for: callerValues) { terminal.say(MatchText.text(ranked)) }
        }
    }

    private func act(on identity: AssumableIdentity) throws {
        let looking: [(title: String, run: (AssumableIdentity) throws -> Void)] = [
            ("Sign a token for it and open it", openToken), ("Log in as it", logIn),
            ("Show it as a recipe: chainctl, Terraform, API JSON, IAM policy", showRecipe),
        ]
        let changing: [(title: String, run: (AssumableIdentity) throws -> Void)] = [
            ("Edit its description and patterns", edit), ("Bind it to roles", bindRoles),
            ("Unbind it from a role", unbindRole), ("Delete it", delete),
        ]
        let actions = looking + (isReadOnly ? [] : changing)
        try terminal.choose("What to do with \(identity.name)", actions, title: \.title)?.run(identity)
    }

    private func showRecipe(_ identity: AssumableIdentity) throws {
        let recipes = Recipe.all(of: identity)
        guard let recipe = try terminal.choose("Recipe", recipes, title: \.title),
            case .bindings(_, let bindings) = try answer(.bindings(identity.uid, as: login))
        else { return }
        terminal.show(recipe.text(identity, bindings: bindings, issuer: runtime.endpoints.issuer))
    }

    func browseRepositories() throws {
        guard case .repositories(let all) = try answer(.repositories(as: login)) else { return }
        guard !all.isEmpty else { return terminal.say("There are no repositories that can be seen.") }
        while let chosen = try terminal.choose("Repository", all.sorted(by: { $0.name < $1.name }), title: \.name) {
            guard case .tags(_, let tags) = try answer(.tags(chosen.id, as: login)) else { return }
            if tags.isEmpty { terminal.say("\(chosen.name) has no tags.") }
            for tag in tags {
                terminal.say("\(tag.name), \(tag.digest), updated \(Moment.day(tag.lastUpdated))")
            }
        }
    }
}

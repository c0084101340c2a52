import Chainguard
import Screens

/// What changes an identity that is there.
extension PlainSession {
    /// Asks field by field, shows what would be other than it was, and saves it.
    func edit(_ identity: AssumableIdentity) throws {
        var edit = IdentityEdit(of: identity)
        for field in edit.fields { try ask(field, &edit) }
        guard !edit.changes.isEmpty else { return terminal.say("Nothing would change.") }
        for change in edit.changes { terminal.say("\(change.field)\n- \(change.old)\n+ \(change.new)") }
        if case .aws(let aws) = edit.relationship {
            for warning in aws.warnings() { terminal.say("Warning: \(warning)") }
        }
        guard try terminal.confirm("Change it?") else { return terminal.say("Nothing was changed.") }
        _ = try answer(.update(identity.uid, edit.patch, as: login))
        terminal.say("Changed \(identity.name).")
    }

    /// Asks until the field keeps its rule. A dash empties it.
    private func ask(_ field: IdentityEdit.Field, _ edit: inout IdentityEdit) throws {
        while true {
            if let matcher = edit[field] {
                let mode = try terminal.ask(
                    "Compare the \(field.title) 'exactly' or by a 'pattern'",
                    suggesting: matcher.isPattern ? "pattern" : "exactly")
                let text = try value(field.title, suggesting: matcher.text)
                edit.set(field, mode.hasPrefix("p") ? .pattern(text) : .exact(text))
            } else {
                edit.description = try value(field.title, suggesting: edit.description)
            }
            guard let problem = edit.problem(field) else { return }
            terminal.say("\(problem).")
        }
    }

    private func value(_ name: String, suggesting suggestion: String) throws -> String {
        let text = try terminal.ask("The \(name), - for none", suggesting: suggestion)
        return text == "-" ? "" : text
    }

    func bindRoles(to identity: AssumableIdentity) throws {
        let roles = try chooseRoles()
        guard !roles.isEmpty, let group = try chooseParent() else { return terminal.say("Nothing was bound.") }
        let names = roles.map(\.name).joined(separator: ", ")
        guard try terminal.confirm("Bind \(identity.name) to \(names) at \(group.name)?") else {
            return terminal.say("Nothing was bound.")
        }
        _ = try answer(.bind(identity.uid, roles, at: group, as: login))
        terminal.say("Bound \(identity.name) to \(names).")
    }

    func unbindRole(of identity: AssumableIdentity) throws {
        guard case .bindings(_, let bindings) = try answer(.bindings(identity.uid, as: login)) else { return }
        guard !bindings.isEmpty else { return terminal.say("\(identity.name) is bound to no role.") }
        let chosen = try terminal.choose("Role to unbind", bindings) { "\($0.role.name), at \($0.group.name)" }
        guard let chosen, try terminal.confirm("Unbind \(identity.name) from \(chosen.role.name)?") else {
            return terminal.say("Nothing was unbound.")
        }
        _ = try answer(.unbind(chosen, as: login))
        terminal.say("Unbound \(identity.name) from \(chosen.role.name).")
    }

    func delete(_ identity: AssumableIdentity) throws {
        terminal.say("Its role bindings go with it, and whoever uses it is locked out. This can't be undone.")
        guard try terminal.ask("Type its name to delete it") == identity.name else {
            return terminal.say("Nothing was deleted.")
        }
        _ = try answer(.deleteIdentity(identity.uid, as: login))
        terminal.say("Deleted \(identity.name).")
    }
}

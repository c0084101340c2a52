import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesUpdate: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change an identity's description, patterns or roles.",
        discussion: "What changes is printed on stderr before it is changed; --dry-run stops there.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String

    @Option(help: "The new description; '' takes it away.")
    var description: String?

    @Option(help: "The ARN to be met exactly.")
    var awsArn: String?

    @Option(help: "The regular expression (RE2) that the ARN must match.")
    var awsArnPattern: String?

    @Option(help: "The user id to be met exactly.")
    var awsUserId: String?

    @Option(help: "The regular expression (RE2) that the user id must match.")
    var awsUserIdPattern: String?

    @Option(help: "Roles to bind at the identity's parent, by name or UIDP, separated by commas; may be repeated.")
    var addRole: [String] = []

    @Option(help: "Roles to unbind wherever the identity is bound to them; as --add-role.")
    var removeRole: [String] = []

    @Flag(help: "Print what would change and the request, change nothing.")
    var dryRun = false

    func validate() throws {
        if awsArn != nil, awsArnPattern != nil {
            throw ValidationError("--aws-arn and --aws-arn-pattern exclude each other")
        }
        if awsUserId != nil, awsUserIdPattern != nil {
            throw ValidationError("--aws-user-id and --aws-user-id-pattern exclude each other")
        }
    }

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        let edit = try edit(of: found)
        let bindings = try await bindingChanges(of: found, api)
        let (patch, changes) = (edit.patch, edit.changes)
        guard !changes.isEmpty || !bindings.isEmpty else {
            throw Failure(
                "Nothing of '\(found.name)' would change",
                remedy: "'cgid help identities update' shows what can", category: .usage)
        }
        for change in changes {
            Console.complain("\(change.field)\n  - \(change.old)\n  + \(change.new)")
        }
        for line in bindings.lines { Console.complain(line) }
        if case .aws(let aws) = patch.relationship {
            for warning in aws.warnings() { Console.complain("warning: \(warning)") }
        }
        if dryRun { return changes.isEmpty ? () : Console.answer(patch.requestJSON) }
        try await apply(changes.isEmpty ? nil : patch, bindings, to: found, api)
    }

    /// - Throws: `Failure` naming the first option that breaks a rule.
    private func edit(of found: AssumableIdentity) throws(Failure) -> IdentityEdit {
        var edit = IdentityEdit(of: found)
        if let description { edit.description = description }
        let matchers: [(IdentityEdit.Field, ValueMatcher?)] = [
            (.arn, awsArn.map(ValueMatcher.exact) ?? awsArnPattern.map(ValueMatcher.pattern)),
            (.userID, awsUserId.map(ValueMatcher.exact) ?? awsUserIdPattern.map(ValueMatcher.pattern)),
        ]
        for case (let field, let matcher?) in matchers where !edit.set(field, matcher) {
            throw Failure("'\(found.name)' is no AWS identity: it has no \(field.title)", category: .usage)
        }
        for field in edit.fields {
            guard let problem = edit.problem(field) else { continue }
            let kind = edit[field]?.isPattern == true ? " pattern" : ""
            throw Failure(
                "The \(field.title)\(kind) can't be used", remedy: "'cgid help identities update' shows the options",
                detail: problem, category: .usage)
        }
        return edit
    }

    private func bindingChanges(
        of found: AssumableIdentity, _ api: PlatformAPI
    ) async throws(Failure) -> BindingChanges {
        let added = addRole.flatMap { $0.split(separator: ",").map(String.init) }
        let removed = removeRole.flatMap { $0.split(separator: ",").map(String.init) }
        guard !added.isEmpty || !removed.isEmpty else { return BindingChanges() }
        guard let parent = found.uid.parent else {
            throw Failure("'\(found.name)' stands in no organization, so no role can be bound", category: .usage)
        }
        let roles = try await RoleLookup(api: api).roles(added)
        let known = try await api.roleBindings(identity: found.uid)
        var changes = BindingChanges()
        changes.added = roles.filter { role in
            !known.contains { $0.role.uid == role.uid && $0.group.uid == parent }
        }
        for text in removed {
            let bound = known.filter { $0.role.name == text || $0.role.uid.text == text }
            guard !bound.isEmpty else {
                throw Failure(
                    "'\(found.name)' is not bound to a role '\(text)'",
                    remedy: "'cgid identities describe' shows what it is bound to", category: .usage)
            }
            changes.removed += bound
        }
        return changes
    }

    private func apply(
        _ patch: IdentityPatch?, _ bindings: BindingChanges, to found: AssumableIdentity, _ api: PlatformAPI
    ) async throws {
        var updated = found
        if let patch { updated = try await api.updateIdentity(found.uid, patch) }
        if let parent = found.uid.parent {
            for role in bindings.added { _ = try await api.bind(identity: found.uid, role: role, at: parent) }
        }
        for binding in bindings.removed { try await api.unbind(binding.uid) }
        switch output {
        case .json: try JSONOutput.print(IdentityDocument(updated))
        case .id: Console.answer(updated.uid.text)
        case .text: Console.answer(IdentityDocument(updated).text)
        }
    }
}

/// Roles to bind at the identity's parent, and bindings to take away.
private struct BindingChanges {
    var added: [Role] = []
    var removed: [RoleBinding] = []

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    var lines: [String] {
        added.map { "role\n  + \($0.name)" } + removed.map { "role\n  - \($0.role.name) at \($0.group.name)" }
    }
}

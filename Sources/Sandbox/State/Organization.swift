import Chainguard
import FoundationEssentials

/// The example organization: who and what is in it when a sandbox starts for the first time.
struct ExampleOrganization: Sendable {
    static let root = place("group acme.example")
    static let platform = below(root, "folder platform")
    static let payments = below(root, "folder payments")
    static let operatorEmail = "operator@acme.example"
    static let operatorUID = place("person operator")

    let now: Date

    /// A first state, the same at the same time but for the signing key.
    func state(signingKey: String) -> SandboxState {
        var state = SandboxState(signingKey: signingKey)
        state.people = [PersonRecord(uid: Self.operatorUID, email: Self.operatorEmail)]
        state.groups = [
            GroupRecord(
                uid: Self.root, name: "acme.example", description: "Acme Corporation (example data)", verified: true),
            GroupRecord(
                uid: Self.platform, name: "platform", description: "Build and runtime platform", verified: false),
            GroupRecord(uid: Self.payments, name: "payments", description: "Payments and ledger", verified: false),
        ]
        state.roles = ExampleRoles.all
        for example in ExampleIdentities(now: now).all { add(example, to: &state) }
        bind(Self.operatorUID, to: "owner", at: Self.root, in: &state)
        for (repository, tags) in ExampleRepositories(now: now).all {
            state.repositories.append(repository)
            state.tags += tags
        }
        return state
    }

    private func add(_ example: ExampleIdentities.Example, to state: inout SandboxState) {
        var identity = example.record
        let uid = Self.below(example.parent, "identity \(identity.name)")
        identity.uid = uid
        identity.createTime = time(daysAgo: example.ageInDays)
        identity.updateTime = time(daysAgo: example.ageInDays / 2)
        identity.lastSeenTime = example.lastSeenDaysAgo.map(time)
        state.identities.append(identity)
        for role in example.roles { bind(uid, to: role, at: example.parent, in: &state) }
    }

    private func bind(_ identity: UIDP, to role: String, at group: UIDP, in state: inout SandboxState) {
        guard let granted = state.roles.first(where: { $0.name == role }) else { return }
        state.bindings.append(
            BindingRecord(
                uid: Self.below(group, "binding \(identity) \(role)"), identityUid: identity, roleUid: granted.uid,
                groupUid: group))
    }

    private func time(daysAgo days: Int) -> String {
        Timestamp.format(now.addingTimeInterval(Double(-days) * 86_400))
    }

    static func place(_ purpose: String) -> UIDP {
        UIDP(Material.hex(purpose, digits: 40))!
    }

    static func below(_ parent: UIDP, _ purpose: String) -> UIDP {
        UIDP("\(parent)/\(Material.hex("\(purpose) in \(parent)", digits: 16))")!
    }
}

/// Built-in roles, each at a root of its own, and the organization's custom ones: two of them share a name.
enum ExampleRoles {
    static let all: [RoleRecord] =
        builtIn.map { role in
            RoleRecord(
                uid: ExampleOrganization.place("role \(role.name)"), name: role.name, description: role.description,
                capabilities: role.capabilities)
        } + custom

    private static let pull = ["groups.list", "manifest.list", "registry.pull", "repo.list", "tag.list"]
    private static let view =
        pull + [
            "apk.list", "identity.list", "identity_providers.list", "record_signatures.list", "role_bindings.list",
            "roles.list", "sboms.list", "vuln_reports.list",
        ]
    private static let edit =
        view + ["manifest.create", "manifest.update", "repo.create", "repo.update", "tag.create", "tag.update"]
    private static let push =
        pull + [
            "manifest.create", "manifest.update", "registry.push", "repo.create", "repo.update", "tag.create",
            "tag.delete", "tag.update",
        ]
    private static let own =
        Set(
            edit + push + [
                "groups.create", "groups.delete", "groups.update", "identity.create", "identity.delete",
                "identity.update", "registry.pull_token.create", "repo.delete", "role_bindings.create",
                "role_bindings.delete", "role_bindings.update", "roles.create", "roles.delete", "roles.update",
                "apk.pull", "libraries.java.pull", "libraries.python.pull",
            ]
        ).sorted()

    private static let builtIn: [(name: String, description: String, capabilities: [String])] = [
        ("viewer", "Read-only access across all resources", view),
        ("editor", "Read access, and changes to repositories", edit),
        ("owner", "Full administrative access", own),
        ("registry.pull", "Pull images", pull),
        ("registry.push", "Push and pull images", push),
        (
            "registry.pull_token_creator", "Create pull tokens",
            pull + [
                "identity.create", "identity.list", "registry.pull_token.create", "role_bindings.create", "roles.list",
            ]
        ),
        ("apk.pull", "Access to the organization's APK packages", ["apk.list", "apk.pull", "groups.list"]),
        ("libraries.java.pull", "Java library access", ["groups.list", "libraries.java.pull"]),
        ("libraries.python.pull", "Python library access", ["groups.list", "libraries.python.pull"]),
    ]

    private static let custom = [
        RoleRecord(
            uid: ExampleOrganization.below(ExampleOrganization.root, "role image-curator"), name: "image-curator",
            description: "Curates the organization's catalog", capabilities: pull + ["repo.update", "tag.update"]),
        RoleRecord(
            uid: ExampleOrganization.below(ExampleOrganization.platform, "role image-curator"), name: "image-curator",
            description: "Curates the platform folder", capabilities: pull),
        RoleRecord(
            uid: ExampleOrganization.below(ExampleOrganization.root, "role identity-auditor"),
            name: "identity-auditor", description: "Reviews identities and what they are bound to",
            capabilities: ["groups.list", "identity.list", "role_bindings.list", "roles.list"]),
    ]
}

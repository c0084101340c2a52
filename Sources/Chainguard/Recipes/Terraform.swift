import AWSCaller

extension Recipes {
    /// A configuration that creates what the draft says.
    public static func terraform(_ draft: IdentityDraft) -> String {
        var recipe = TerraformRecipe(name: draft.name)
        let parent = recipe.group(draft.parent)
        recipe.identity(draft.unchecked, parent: parent)
        for role in draft.roles {
            recipe.bind(role: recipe.role(role), roleName: role.name, group: parent)
        }
        return recipe.text
    }

    /// A configuration that takes over an identity and its bindings as they are, through `import` blocks.
    public static func terraform(_ identity: AssumableIdentity, bindings: [RoleBinding] = []) -> String {
        guard let new = NewIdentity(like: identity) else { return unknownKind(identity) }
        var recipe = TerraformRecipe(name: identity.name)
        recipe.identity(new, parent: HCL.quoted(identity.uid.parent?.text ?? ""))
        recipe.imported("chainguard_identity.\(recipe.label)", identity.uid)
        for binding in bindings {
            let label = recipe.bind(
                role: HCL.quoted(binding.role.uid.text), roleName: binding.role.name,
                group: HCL.quoted(binding.group.uid.text))
            recipe.imported("chainguard_rolebinding.\(label)", binding.uid)
        }
        return recipe.text
    }
}

/// Collects the blocks of one configuration; labels within it are unique.
struct TerraformRecipe {
    let label: String
    private var data: [HCL.Item] = []
    private var imports: [HCL.Item] = []
    private var resources: [HCL.Item] = []
    private var roleLabels: Set<String> = []
    private var bindingLabels: Set<String> = []

    init(name: String) {
        label = HCL.label(name)
    }

    var text: String {
        let source = HCL.Item.attribute("source", HCL.quoted("chainguard-dev/chainguard"))
        let provider = HCL.Item.block(
            "terraform", [], [.block("required_providers", [], [.object("chainguard", [source])])])
        let output = HCL.Item.block("output", ["identity"], [.attribute("value", "chainguard_identity.\(label).id")])
        let blocks = [provider] + data + imports + resources + [output]
        return blocks.map { HCL.text([$0]) }.joined(separator: "\n")
    }

    /// - Returns: the expression for a group's UIDP. Organizations have names of their own; a folder's may be shared.
    mutating func group(_ group: Group?) -> String {
        guard let group, group.uid.isRoot, !group.name.isEmpty else { return HCL.quoted(group?.uid.text ?? "") }
        data.append(.block("data", ["chainguard_group", "parent"], [.attribute("name", HCL.quoted(group.name))]))
        return "data.chainguard_group.parent.id"
    }

    /// - Returns: the expression for a role's UIDP. Built-in roles have names of their own; custom ones may share them.
    mutating func role(_ role: Role) -> String {
        guard role.isBuiltIn, !role.name.isEmpty else { return HCL.quoted(role.uid.text) }
        let label = Self.unique(HCL.label(role.name), &roleLabels)
        data.append(.block("data", ["chainguard_role", label], [.attribute("name", HCL.quoted(role.name))]))
        return "data.chainguard_role.\(label).items[0].id"
    }

    mutating func identity(_ new: NewIdentity, parent: String) {
        let description =
            new.description.isEmpty ? [] : [HCL.Item.attribute("description", HCL.quoted(new.description))]
        let attributes: [HCL.Item] = [.attribute("parent_id", parent), .attribute("name", HCL.quoted(new.name))]
        let body = attributes + description + new.relationship.terraform
        resources.append(.block("resource", ["chainguard_identity", label], body))
    }

    /// - Returns: the binding's label.
    @discardableResult
    mutating func bind(role: String, roleName: String, group: String) -> String {
        let label = Self.unique(HCL.label(roleName.isEmpty ? "role" : roleName), &bindingLabels)
        let body: [HCL.Item] = [
            .attribute("identity", "chainguard_identity.\(self.label).id"), .attribute("role", role),
            .attribute("group", group),
        ]
        resources.append(.block("resource", ["chainguard_rolebinding", label], body))
        return label
    }

    mutating func imported(_ address: String, _ uid: UIDP) {
        imports.append(.block("import", [], [.attribute("to", address), .attribute("id", HCL.quoted(uid.text))]))
    }

    private static func unique(_ wanted: String, _ labels: inout Set<String>) -> String {
        var label = wanted
        var count = 2
        while !labels.insert(label).inserted {
            label = "\(wanted)_\(count)"
            count += 1
        }
        return label
    }
}

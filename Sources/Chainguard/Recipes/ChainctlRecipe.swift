import AWSCaller

/// Command lines for chainctl.
enum ChainctlRecipe {
    static func command(_ draft: IdentityDraft) -> String {
        // A name may begin with a dash, which would read as a flag.
        let isDashed = draft.name.hasPrefix("-")
        let name = ShellText.quoted(draft.name)
        let head = "chainctl iam identities create aws \(draft.kind.title)" + (isDashed ? "" : " \(name)")
        let flags = flags(draft).map { "\($0.0)=\(ShellText.quoted($0.1))" }
        return lines([head] + flags + (isDashed ? ["-- \(name)"] : []))
    }

    private static func flags(_ draft: IdentityDraft) -> [(String, String)] {
        let name = draft.kind == .role ? ("--aws-role-name", "--aws-role-id") : ("--aws-user-name", "--aws-user-id")
        let all: [(String, String)] = [
            ("--aws-account-id", draft.account), (name.0, draft.iamName), (name.1, draft.uniqueID),
            ("--aws-partition", draft.partition == "aws" ? "" : draft.partition),
            ("--parent", draft.parent?.uid.text ?? ""), ("--description", draft.description),
            ("--role", draft.roles.map(reference).joined(separator: ",")),
        ]
        return all.filter { !$0.1.isEmpty }
    }

    /// Built-in roles by name; custom roles by UIDP, since their names may be shared.
    private static func reference(_ role: Role) -> String { role.isBuiltIn ? role.name : role.uid.text }

    static func fromFile(_ new: NewIdentity, parent: UIDP?, roles: [Role]) -> String {
        var words = ["chainctl iam identities create", "-f identity.json"]
        if let parent { words.append("--parent=\(parent)") }
        if !roles.isEmpty { words.append("--role=" + ShellText.quoted(roles.map(reference).joined(separator: ","))) }
        return "cat > identity.json <<'END_OF_IDENTITY'\n\(new.json.pretty)\nEND_OF_IDENTITY\n" + lines(words)
    }

    static func binding(_ binding: RoleBinding) -> String {
        lines([
            "chainctl iam role-bindings create", "--identity=\(binding.identity.uid)", "--role=\(binding.role.uid)",
            "--parent=\(binding.group.uid)",
        ])
    }

    private static func lines(_ words: [String]) -> String { words.joined(separator: " \\\n  ") + "\n" }
}

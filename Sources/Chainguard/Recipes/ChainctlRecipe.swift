import AWSCaller

/// Command lines for chainctl.
enum ChainctlRecipe {
    static func command(_ draft: IdentityDraft) -> String {
        command("chainctl iam identities create aws \(draft.kind.title)", draft.name, flags(draft))
    }

    /// - Parameter flags: those without a value are left out.
    private static func command(_ head: String, _ name: String, _ flags: [(String, String)]) -> String {
        // A name may begin with a dash, which would read as a flag.
        let isDashed = name.hasPrefix("-")
        let name = ShellText.quoted(name)
        let flags = flags.filter { !$0.1.isEmpty }.map { "\($0.0)=\(ShellText.quoted($0.1))" }
        return lines([head + (isDashed ? "" : " \(name)")] + flags + (isDashed ? ["-- \(name)"] : []))
    }

    static func claimMatch(_ draft: IdentityDraft) -> String {
        let wanted = draft.federation ?? IdentityDraft.Federation()
        let flags = [("--identity-issuer", wanted.issuer), ("--subject", wanted.subject)] + placeFlags(draft)
        return command("chainctl iam identities create", draft.name, flags)
    }

    private static func flags(_ draft: IdentityDraft) -> [(String, String)] {
        let name = draft.kind == .role ? ("--aws-role-name", "--aws-role-id") : ("--aws-user-name", "--aws-user-id")
        return [
            ("--aws-account-id", draft.account), (name.0, draft.iamName), (name.1, draft.uniqueID),
            ("--aws-partition", draft.partition == "aws" ? "" : draft.partition),
        ] + placeFlags(draft)
    }

    private static func placeFlags(_ draft: IdentityDraft) -> [(String, String)] {
        [
            ("--parent", draft.parent?.uid.text ?? ""), ("--description", draft.description),
            ("--role", draft.roles.map(reference).joined(separator: ",")),
        ]
    }

    /// Built-in roles by name; custom roles by UIDP, since their names may be shared.
    private static func reference(_ role: Role) -> String {
        role.isBuiltIn && !role.name.isEmpty ? role.name : role.uid.text
    }

    /// - Parameter keepsIdentity: the new UIDP goes to a shell variable, for `binding`.
    static func fromFile(_ new: NewIdentity, parent: UIDP?, roles: [Role], keepsIdentity: Bool = false) -> String {
        var words = ["chainctl iam identities create", "-f identity.json"]
        if let parent { words.append("--parent=\(parent)") }
        if !roles.isEmpty { words.append("--role=" + ShellText.quoted(roles.map(reference).joined(separator: ","))) }
        if keepsIdentity {
            words[0] = "identity=$(" + words[0]
            words.append("-o id)")
        }
        return "cat > identity.json <<'END_OF_IDENTITY'\n\(new.json.pretty)\nEND_OF_IDENTITY\n" + lines(words)
    }

    /// Binds the identity that was made before to the same role at the same place.
    static func binding(_ binding: RoleBinding) -> String {
        lines([
            "chainctl iam role-bindings create", "--identity=\"$identity\"",
            "--role=\(ShellText.quoted(reference(Role(binding))))", "--parent=\(binding.group.uid)",
        ])
    }

    private static func lines(_ words: [String]) -> String { words.joined(separator: " \\\n  ") + "\n" }
}

extension Role {
    /// As much as a binding says of it.
    init(_ binding: RoleBinding) {
        self.init(uid: binding.role.uid, name: binding.role.name)
    }
}

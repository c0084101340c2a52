import AWSCaller

/// What to paste elsewhere so that it makes the same identity: texts that end with a line end.
public enum Recipes {
    /// The command that creates what the draft says.
    ///
    /// chainctl takes neither a user's path nor every partition as a flag; such an identity comes from a file.
    public static func chainctl(_ draft: IdentityDraft) -> String {
        if draft.kind == .federation { return ChainctlRecipe.claimMatch(draft) }
        guard ["aws", "aws-cn", "aws-us-gov"].contains(draft.partition), !draft.hasPath else {
            return ChainctlRecipe.fromFile(draft.unchecked, parent: draft.parent?.uid, roles: draft.roles)
        }
        return ChainctlRecipe.command(draft)
    }

    /// The commands that make an identity like this one, with its bindings.
    public static func chainctl(_ identity: AssumableIdentity, bindings: [RoleBinding] = []) -> String {
        guard let new = NewIdentity(like: identity) else { return unknownKind(identity) }
        let elsewhere = bindings.filter { $0.group.uid != identity.uid.parent }
        let here = bindings.filter { $0.group.uid == identity.uid.parent }.map(Role.init)
        let roles = here.indices.filter { !here[..<$0].contains(here[$0]) }.map { here[$0] }
        return ChainctlRecipe.fromFile(
            new, parent: identity.uid.parent, roles: roles, keepsIdentity: !elsewhere.isEmpty)
            + elsewhere.map(ChainctlRecipe.binding).joined()
    }

    /// The body of the request that creates what the draft says, indented.
    public static func apiJSON(_ draft: IdentityDraft) -> String { draft.previewJSON + "\n" }

    /// The body of the request that would create an identity like this one, indented.
    public static func apiJSON(_ identity: AssumableIdentity) -> String {
        NewIdentity(like: identity).map { $0.json.pretty + "\n" } ?? "{}\n"
    }

    /// The IAM policy that lets a principal get the tokens that AWS outbound identity federation gives, for Chainguard
    /// only (AWS Service Authorization Reference, `sts:GetWebIdentityToken`).
    public static func policy(issuer: String = ChainguardEndpoints().issuer) -> String {
        let statement = JSONValue.object([
            "Sid": .string("ChainguardLogin"), "Effect": .string("Allow"),
            "Action": .string("sts:GetWebIdentityToken"), "Resource": .string("*"),
            "Condition": .object([
                "ForAllValues:StringEquals": .object(["sts:IdentityTokenAudience": .string(issuer)]),
                "NumericLessThanEquals": .object(["sts:DurationSeconds": .number("300")]),
            ]),
        ])
        return JSONValue.object(["Version": .string("2012-10-17"), "Statement": .array([statement])]).pretty + "\n"
    }

    /// Logging in without cgid's own cache: a token made by cgid, exchanged by curl. The token never is an argument.
    public static func shell(identity: UIDP, endpoints: ChainguardEndpoints, audience: String? = nil) -> String {
        """
        token=$(cgid token create --identity \(identity) --audience \(ShellText.quoted(endpoints.issuer)))
        printf 'Authorization: Bearer %s\\n' "$token" |
          curl --fail-with-body --silent --show-error --header @- \\
            --data-urlencode \(ShellText.quoted("aud=" + (audience ?? endpoints.audience))) \\
            --data-urlencode \(ShellText.quoted("identity=\(identity)")) \\
            \(ShellText.quoted(endpoints.issuer + "/sts/exchange"))

        """
    }

    static func unknownKind(_ identity: AssumableIdentity) -> String {
        "# \(ShellText.comment(identity.name)) is of a kind that this version does not know\n"
    }
}

extension NewIdentity {
    /// - Returns: `nil` for a relationship that is not known here.
    init?(like identity: AssumableIdentity) {
        guard let relationship = identity.relationship else { return nil }
        self.init(name: identity.name, description: identity.description, relationship: relationship)
    }
}

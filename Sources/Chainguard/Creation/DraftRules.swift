import AWSCaller

/// The rules of each field, as Chainguard and AWS document them.
enum DraftRules {
    /// Identity names: `^[a-z0-9 ._-]{3,63}$`.
    static func isNameCharacter(_ character: Character) -> Bool {
        isLowerOrDigit(character) || " ._-".contains(character)
    }

    /// IAM names of roles and users: `[\w+=,.@-]` (IAM API Reference).
    static func isIAMCharacter(_ character: Character) -> Bool {
        isAlphanumeric(character) || "_+=,.@-".contains(character)
    }

    static func isAlphanumeric(_ character: Character) -> Bool {
        isLowerOrDigit(character) || ("A"..."Z").contains(character)
    }

    static func isUpperOrDigit(_ character: Character) -> Bool {
        ("A"..."Z").contains(character) || ("0"..."9").contains(character)
    }

    private static func isLowerOrDigit(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }

    /// Descriptions: `^[\S ]{0,512}$`.
    static func descriptionProblem(_ description: String) -> String? {
        let scalars = description.unicodeScalars
        if scalars.contains(where: { $0 != " " && ($0.properties.isWhitespace || $0.value < 0x20) }) {
            return "A description has no line breaks, tabs or other white space than spaces"
        }
        return scalars.count > 512 ? "A description has at most 512 characters; this has \(scalars.count)" : nil
    }

    /// RE2's QuoteMeta for the ASCII punctuation that has a meaning in a pattern.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            if "\\.+*?()|[]{}^$".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
    }
}

extension IdentityDraft.Field {
    /// As a form calls it.
    public var title: String {
        switch self {
        case .partition: "partition"
        case .account: "AWS account"
        case .iamName: "IAM name"
        case .path: "path"
        case .uniqueID: "unique id"
        case .issuer: "issuer"
        case .subject: "subject"
        case .name: "name"
        case .description: "description"
        case .parent: "parent"
        case .roles: "roles"
        }
    }
}

extension IdentityDraft.Kind {
    /// The fields that a draft of this kind has.
    public var fields: Set<IdentityDraft.Field> {
        let common: Set<IdentityDraft.Field> = [.name, .description, .parent, .roles]
        return switch self {
        case .role: common.union([.partition, .account, .iamName, .uniqueID])
        case .user: common.union([.partition, .account, .iamName, .path, .uniqueID])
        case .federation: common.union([.issuer, .subject])
        }
    }
}

extension IdentityDraft {
    /// Every field that breaks its rule, with the rule.
    public func problems() -> [Field: String] {
        Dictionary(uniqueKeysWithValues: Field.allCases.compactMap { field in problem(field).map { (field, $0) } })
    }

    /// - Returns: the rule that the field breaks, a sentence without a final stop; `nil` when it is right.
    public func problem(_ field: Field) -> String? {
        guard kind.fields.contains(field) else { return nil }
        return switch field {
        case .partition: partitionProblem
        case .account: accountProblem
        case .iamName: iamNameProblem
        case .path: pathProblem
        case .uniqueID: uniqueIDProblem
        case .issuer: issuerProblem
        case .subject: subjectProblem
        case .name: nameProblem
        case .description: DraftRules.descriptionProblem(description)
        case .parent: parent == nil ? "An identity stands in an organization or a folder: pick one" : nil
        case .roles: rolesProblem
        }
    }

    private var issuerProblem: String? {
        let issuer = federation?.issuer ?? ""
        guard issuer.hasPrefix("https://"), issuer.count > 8, !issuer.hasSuffix("/"),
            !issuer.contains(where: { $0.isWhitespace || "?#".contains($0) })
        else {
            return "An issuer is an https URL without a slash at its end, such as "
                + ClaimMatch.outboundIssuerForm
        }
        guard ClaimMatch.isOutboundIssuer(issuer), !ClaimMatch.hasOutboundForm(issuer) else { return nil }
        return
            "In \(ClaimMatch.outboundIssuerForm) UUID stands for the account's own, 8-4-4-4-12 hex digits: it is the "
            + "issuer of a token that sts:GetWebIdentityToken gives"
    }

    private var subjectProblem: String? {
        let subject = federation?.subject ?? ""
        guard ClaimMatch(issuer: .exact(federation?.issuer ?? ""), subject: .exact(subject)).isOutboundFederation else {
            return subject.isEmpty ? "Give the subject, as the tokens' sub claim has it" : nil
        }
        guard let arn = ARN(subject), arn.service == "iam",
            arn.resource.hasPrefix("role/") || arn.resource.hasPrefix("user/")
        else { return "The subject is the IAM ARN of a role or user, such as arn:aws:iam::123456789012:role/ci/deploy" }
        return nil
    }

    private var partitionProblem: String? {
        guard Partition(id: partition) == nil else { return nil }
        return "The partition is one of \(Partition.all.map(\.id).joined(separator: ", "))"
    }

    private var accountProblem: String? {
        if account.count == 12, account.allSatisfy({ ("0"..."9").contains($0) }) { return nil }
        return "An AWS account is 12 digits, leading zeros included; this has \(count(account))"
    }

    private var iamNameProblem: String? {
        if iamName.isEmpty { return "Give the \(kind.title)'s name in IAM" }
        if iamName.contains("/") || iamName.hasPrefix("arn:") {
            return "Give the \(kind.title)'s name alone, without ARN or path"
        }
        if let bad = iamName.first(where: { !DraftRules.isIAMCharacter($0) }) {
            return "A \(kind.title)'s name holds letters, digits and _+=,.@- only, not “\(bad)”"
        }
        let longest = kind == .role ? 64 : 128
        return iamName.count > longest ? "A \(kind.title)'s name has at most \(longest) characters" : nil
    }

    private var pathProblem: String? {
        guard !path.isEmpty else { return nil }
        guard path.hasPrefix("/"), path.hasSuffix("/") else { return "A path begins and ends with /" }
        if let bad = path.unicodeScalars.first(where: { !(0x21...0x7E).contains($0.value) }) {
            return "A path holds printable ASCII without spaces only, not “\(bad)”"
        }
        return path.utf8.count > 512 ? "A path has at most 512 characters" : nil
    }

    private var uniqueIDProblem: String? {
        guard !uniqueID.isEmpty else { return nil }
        guard uniqueID.hasPrefix(kind.idPrefix) else {
            return "The unique id of a \(kind.title) begins with \(kind.idPrefix)"
        }
        guard uniqueID.allSatisfy(DraftRules.isUpperOrDigit), (16...128).contains(uniqueID.count) else {
            return "A unique id is 16 to 128 capital letters and digits, such as \(kind.idPrefix)QWERTYUIOPASDFGHJ"
        }
        return nil
    }

    private var nameProblem: String? {
        if let bad = name.first(where: { !DraftRules.isNameCharacter($0) }) {
            return "A name holds small letters, digits, space, dot, underscore and dash only, not “\(bad)”"
        }
        return (3...63).contains(name.count) ? nil : "A name has 3 to 63 characters; this has \(name.count)"
    }

    private var rolesProblem: String? {
        let repeated = roles.first { role in roles.filter { $0.uid == role.uid }.count > 1 }
        return repeated.map { "The role \($0.name) is chosen twice" }
    }

    private func count(_ text: String) -> String {
        text.allSatisfy { ("0"..."9").contains($0) } ? "\(text.count)" : "something else in it"
    }
}

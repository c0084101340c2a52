extension CallerIdentity {
    /// What kind of principal it is, by its ARN.
    public var kind: Kind { Self.kind(of: arn) }

    /// The ARN's partition, `aws` for the commercial one.
    public var partition: String { arn.partition }

    /// The assumed role's name, without its path: STS does not say the path.
    public var roleName: String? {
        guard case .assumedRole(let name, _) = kind else { return nil }
        return name
    }

    /// Chosen by whoever assumed the role, so it proves nothing by itself.
    public var sessionName: String? {
        guard case .assumedRole(_, let session) = kind else { return nil }
        return session
    }

    /// The IAM user's name without its path.
    public var userName: String? {
        guard case .user(_, let name) = kind else { return nil }
        return name
    }

    /// `AROA…` of a role, `AIDA…` of a user: the user id up to the colon. It changes when the principal is deleted and
    /// made anew under the same name.
    public var uniqueID: String {
        String(userID.prefix { $0 != ":" })
    }

    /// The IAM Identity Center permission set whose role this is.
    public var permissionSet: String? {
        roleName.flatMap(Self.permissionSet(ofRole:))
    }

    /// `AWSReservedSSO_<set>_<16 hex>`; the set may hold underscores itself.
    static func permissionSet(ofRole name: String) -> String? {
        let prefix = "AWSReservedSSO_"
        guard name.hasPrefix(prefix), let last = name.lastIndex(of: "_") else { return nil }
        let suffix = name[name.index(after: last)...]
        guard suffix.utf8.count == 16, suffix.utf8.allSatisfy(Hex.isDigit) else { return nil }
        let start = name.index(name.startIndex, offsetBy: prefix.count)
        return start < last ? String(name[start..<last]) : nil
    }

    /// Takes the resource part of a caller's ARN apart (IAM User Guide, "IAM identifiers").
    public static func kind(of arn: ARN) -> Kind {
        if arn.service == "iam", arn.resource == "root" { return .root }
        guard let slash = arn.resource.firstIndex(of: "/") else { return .other }
        let type = arn.resource[..<slash]
        let rest = arn.resource[arn.resource.index(after: slash)...]
        switch (arn.service, type) {
        case ("iam", "user"): return user(rest)
        case ("sts", "assumed-role"): return assumedRole(rest)
        case ("sts", "federated-user") where !rest.isEmpty: return .federatedUser(name: String(rest))
        default: return .other
        }
    }

    private static func user(_ pathAndName: Substring) -> Kind {
        let name = pathAndName.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard !name.isEmpty else { return .other }
        return .user(path: "/" + pathAndName.dropLast(name.count), name: String(name))
    }

    private static func assumedRole(_ nameAndSession: Substring) -> Kind {
        let parts = nameAndSession.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return .other }
        return .assumedRole(name: String(parts[0]), session: String(parts[1]))
    }
}

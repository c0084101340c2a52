import AWSCaller

/// Says in plain words why a caller is not let in and what would help.
struct MatchAdvice {
    let relationship: AWSRelationship
    let caller: CallerValues

    static let otherAccount = "Use credentials of that account, or an identity for this one"

    func lines(_ fields: [FieldVerdict]) -> [String] {
        fields.filter { !$0.matches }.compactMap(advice)
    }

    private func advice(_ field: FieldVerdict) -> String? {
        if let problem = field.problem {
            return "The identity's \(field.field.title) pattern is illegal and matches nobody (\(problem)): correct it"
        }
        return switch field.field {
        case .account:
            "The caller is in account \(caller.account), the identity admits only \(relationship.account): use "
                + "credentials of that account, or an identity for this one"
        case .arn: arnAdvice(field)
        case .userID: userIDAdvice(field)
        case .issuer, .subject: parting(field)
        }
    }

    private func arnAdvice(_ field: FieldVerdict) -> String? {
        guard let actual = ARN(caller.arn), let expected = relationship.arn.arn else { return parting(field) }
        if expected.service == "iam", expected.resourceType == "role", actual.resourceType == "assumed-role" {
            return "The identity names the role's own ARN (\(expected)), but STS reports a role in use as "
                + "arn:\(actual.partition):sts::\(actual.account):assumed-role/NAME/SESSION: the identity can never "
                + "match; write its ARN in that form"
        }
        if expected.partition != actual.partition {
            return "The caller is in the partition \(actual.partition), the identity is for \(expected.partition)"
        }
        if expected.account != actual.account {
            // The account's own field has said it.
            guard relationship.account == caller.account else { return nil }
            return "The identity's ARN is in account \(expected.account), the caller is in \(actual.account)"
        }
        if expected.resourceType != actual.resourceType {
            return "The caller is a \(title(actual.resourceType)), the identity is for a "
                + title(expected.resourceType)
        }
        return expected.resourceType == "assumed-role"
            ? roleAdvice(expected, actual, field) : userAdvice(expected, actual, field)
    }

    private func roleAdvice(_ expected: ARN, _ actual: ARN, _ field: FieldVerdict) -> String {
        guard let wanted = expected.resourceParts.first, let found = actual.resourceParts.first else {
            return parting(field)
        }
        if wanted == found, expected.resourceParts.count == 2 {
            return "The session is “\(actual.resourceParts.dropFirst().joined(separator: "/"))”, the identity admits "
                + "only “\(expected.resourceParts[1])”: let its ARN pattern end in /(.+)$ to admit every session"
        }
        if wanted.lowercased() == found.lowercased(), wanted != found {
            return "The role names differ in upper and lower case only: the caller's is \(found), the identity's "
                + wanted
        }
        if expected.resourceParts.count > 2, expected.resourceParts.dropLast().last == found {
            return "The identity's ARN holds the role's path, which STS leaves out of an assumed role's ARN: write "
                + "assumed-role/\(found)/ without it"
        }
        if let set = Self.permissionSet(wanted), set == Self.permissionSet(found) {
            return "The permission set \(set) was provisioned again and its role got a new suffix: the caller's role "
                + "is \(found), the identity's \(wanted)"
        }
        guard wanted != found else { return parting(field) }
        return "The caller's role is \(found), the identity is for \(wanted): assume that role, or use an identity for "
            + "this one"
    }

    private func userAdvice(_ expected: ARN, _ actual: ARN, _ field: FieldVerdict) -> String {
        guard actual.resourceType == "user" else { return parting(field) }
        if expected.resourceParts.last == actual.resourceParts.last {
            return "The user's path differs: the caller's ARN is \(actual), the identity's \(expected); the path is "
                + "part of a user's ARN"
        }
        return "The caller is the user \(actual.resourceParts.last ?? ""), the identity is for "
            + (expected.resourceParts.last ?? "another")
    }

    private func userIDAdvice(_ field: FieldVerdict) -> String {
        let wanted = relationship.userID.plain
        let (wantedID, foundID) = (wanted.prefix { $0 != ":" }, caller.userID.prefix { $0 != ":" })
        if wantedID == foundID, !wanted.contains(":"), caller.userID.contains(":") {
            return "The identity names the bare role id \(wantedID), but STS reports ROLE-ID:SESSION: let its user id "
                + "pattern be ^\(wantedID):(.+)$"
        }
        if wantedID == foundID { return parting(field) }
        if wantedID.prefix(4) == foundID.prefix(4), wantedID.count > 8, !wantedID.contains("[") {
            let what = wantedID.hasPrefix("AROA") ? "role" : wantedID.hasPrefix("AIDA") ? "user" : "principal"
            return
                "The \(what)'s unique id is \(foundID), the identity admits only \(wantedID): it is another \(what), "
                + "or it was deleted and made anew under the same name; if that was intended, update the identity's id"
        }
        return parting(field)
    }

    private func parting(_ field: FieldVerdict) -> String {
        let agreed = String(decoding: field.actual.utf8.prefix(field.matchedPrefix), as: UTF8.self)
        let rest = field.actual.dropFirst(agreed.count)
        let place = agreed.isEmpty ? "from its first character on" : "after “\(agreed)”, at “\(rest)”"
        return "The caller's \(field.field.title) parts from \(field.expected.text) \(place)"
    }

    private func title(_ resourceType: String) -> String {
        switch resourceType {
        case "assumed-role": "role"
        case "root": "root user"
        case "federated-user": "federated user"
        default: resourceType
        }
    }

    /// The set's name may hold underscores: it stands between the first and the last.
    private static func permissionSet(_ role: String) -> Substring? {
        guard role.hasPrefix("AWSReservedSSO_"), let last = role.lastIndex(of: "_") else { return nil }
        let start = role.index(role.startIndex, offsetBy: "AWSReservedSSO_".count)
        return start < last ? role[start..<last] : nil
    }
}

import AWSCaller

extension AWSRelationship {
    /// What is risky or useless about who this lets in, in plain words; empty when nothing is.
    public func warnings() -> [String] { MatchWarnings(relationship: self).lines }
}

/// Looks for relationships that let in more than they seem to, or nobody at all.
struct MatchWarnings {
    let relationship: AWSRelationship

    var lines: [String] {
        [accountLine].compactMap { $0 } + Self.patternLines("ARN", relationship.arn)
            + Self.patternLines("user id", relationship.userID) + arnLines + roleLines + userIDLines
    }

    private var accountLine: String? {
        let account = relationship.account
        guard account.utf8.count != 12 || !account.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return "The account “\(account)” is not 12 digits: nobody matches"
    }

    static func patternLines(_ name: String, _ matcher: ValueMatcher) -> [String] {
        guard case .pattern(let pattern) = matcher else { return looksLikePattern(name, matcher.text) }
        let regex: GoRegex
        do {
            regex = try GoRegex(pattern)
        } catch {
            return ["The \(name) pattern is illegal, nobody matches: \(error.message)"]
        }
        var lines: [String] = []
        if !regex.isAnchoredAtStart {
            lines.append("The \(name) pattern does not begin with ^: it matches anywhere in a caller's \(name)")
        }
        if !regex.isAnchoredAtEnd {
            lines.append("The \(name) pattern does not end with $: whatever follows it is let in too")
        }
        return lines
    }

    private static func looksLikePattern(_ name: String, _ value: String) -> [String] {
        let marks = ["^", "$", ".*", ".+", "(", "["]
        guard marks.contains(where: value.contains) else { return [] }
        return ["The \(name) is compared exactly, but reads like a pattern: \(value)"]
    }

    private var arnLines: [String] {
        guard let arn = relationship.arn.arn else {
            return wideARNLines
        }
        var lines: [String] = []
        if arn.partition.hasPrefix("aws-") {
            lines.append(
                "The partition is \(arn.partition): Chainguard's verifier accepts with its defaults only requests to "
                    + "\(CallerTokenGenerator.globalSTSHost), where keys of this partition are unknown")
        }
        let isNumber = arn.account.utf8.count == 12 && arn.account.utf8.allSatisfy { (48...57).contains($0) }
        if isNumber, arn.account != relationship.account {
            lines.append(
                "The ARN is in account \(arn.account), but the identity admits only \(relationship.account): nobody "
                    + "matches")
        }
        if arn.service == "iam", arn.resourceType == "role" {
            lines.append(
                "The ARN is that of an IAM role, but STS reports a role in use as "
                    + "arn:\(arn.partition):sts::\(arn.account):assumed-role/NAME/SESSION: nobody matches")
        }
        return lines + wideARNLines
    }

    /// Tries callers that nobody can have meant.
    private var wideARNLines: [String] {
        guard case .pattern(let pattern) = relationship.arn, let regex = try? GoRegex(pattern) else { return [] }
        let account = relationship.account
        let partition = relationship.arn.arn?.partition ?? "aws"
        let role = regex.matches("arn:\(partition):sts::\(account):assumed-role/qzxj-unlikely/qzxj-session")
        let user = regex.matches("arn:\(partition):iam::\(account):user/qzxj-unlikely")
        switch (role, user) {
        case (true, true): return ["The ARN pattern lets in every role and every user of account \(account)"]
        case (true, false): return ["The ARN pattern lets in every role of account \(account)"]
        case (false, true): return ["The ARN pattern lets in every user of account \(account)"]
        case (false, false): return prefixLine(regex, partition)
        }
    }

    /// `assumed-role/deploy` without a slash behind it also lets in `deploy-everything`.
    private func prefixLine(_ regex: GoRegex, _ partition: String) -> [String] {
        guard let part = relationship.arn.arn?.resourceParts.first else { return [] }
        var name = part.prefix { $0.isLetter || $0.isNumber || "+=,.@_-".contains($0) }
        while name != part[...], let last = name.last, last == "." || last == "+" { name.removeLast() }
        guard !name.isEmpty else { return [] }
        let longer = "arn:\(partition):sts::\(relationship.account):assumed-role/\(name)-qzxj/qzxj-session"
        guard regex.matches(longer) else { return [] }
        return ["The ARN pattern also lets in roles whose names only begin with \(name)"]
    }

    private var roleLines: [String] {
        guard let arn = relationship.arn.arn, arn.resourceType == "assumed-role" else { return [] }
        var lines: [String] = []
        if arn.resource.contains("AWSReservedSSO_") {
            lines.append(
                "The role belongs to IAM Identity Center: its suffix changes when the permission set is provisioned "
                    + "again, and then nobody matches")
        }
        if case .exact = relationship.arn {
            let session = arn.resourceParts.dropFirst().joined(separator: "/")
            lines.append(
                "Only the session “\(session)” matches; a session name is chosen by the caller and proves nothing "
                    + "unless the role's trust policy bounds it")
        }
        return lines + unescapedLines(arn)
    }

    /// A dot in a role's name that the pattern does not escape stands for any character.
    private func unescapedLines(_ arn: ARN) -> [String] {
        guard case .pattern(let pattern) = relationship.arn, let name = arn.resourceParts.first,
            name.contains("."), !name.contains("*"), !name.contains("("), !name.contains("["), !name.contains(".+"),
            pattern.contains("/\(name)/")
        else { return [] }
        return ["The dot in the role name \(name) is not escaped and stands for any character: write \\."]
    }

    private var userIDLines: [String] {
        let wanted = relationship.userID
        let isRole = relationship.arn.arn?.resourceType == "assumed-role"
        switch wanted {
        case .exact(let id):
            guard isRole, id.hasPrefix("AROA"), !id.contains(":") else { return [] }
            return ["The user id is the bare role id, but STS reports ROLE-ID:SESSION: nobody matches"]
        case .pattern(let pattern):
            guard let regex = try? GoRegex(pattern) else { return [] }
            if regex.matches("QZXJ"), regex.matches("AIDAQZXJ"), regex.matches("AROAQZXJ:s") {
                return ["The user id pattern accepts every user id"]
            }
            if regex.matches("AROAQZXJQZXJQZXJQZXJQ:qzxj-session") {
                return [
                    "The role's unique id is not pinned: a role deleted and made anew under the same name is let in"
                ]
            }
            guard regex.matches("AIDAQZXJQZXJQZXJQZXJQ") else { return [] }
            return ["The user's unique id is not pinned: a user deleted and made anew under the same name is let in"]
        }
    }
}

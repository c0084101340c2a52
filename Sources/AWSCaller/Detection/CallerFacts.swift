import FoundationEssentials

/// One line of what is known of a caller, for people.
package struct CallerFact: Sendable, Hashable {
    package enum Form: Sendable, Hashable {
        case text
        /// An id, to be read as one word.
        case exact
        /// Something is wrong with it.
        case bad
    }

    package var label: String
    package var value: String
    package var form = Form.text
    /// Worth the first glance: without it the caller is not told from another.
    package var isEssential = false
}

extension DetectedCaller {
    /// Who the caller is and what made it so, the most telling first.
    package func facts(now: Date) -> [CallerFact] {
        identityFacts + originFacts(now: now) + principalFacts + answerFacts
    }

    private var identityFacts: [CallerFact] {
        guard let identity = answer?.identity else { return [] }
        return [
            CallerFact(label: "Account", value: identity.account),
            CallerFact(label: "ARN", value: identity.arn.description, form: .exact, isEssential: true),
        ]
    }

    /// The ARN taken apart.
    private var principalFacts: [CallerFact] {
        guard let identity = answer?.identity else { return [] }
        var facts = [CallerFact(label: "Kind", value: identity.kind.title)]
        switch identity.kind {
        case .user(let path, let name):
            facts.append(CallerFact(label: "User", value: path == "/" ? name : "\(name), path \(path)"))
        case .assumedRole(let name, let session):
            facts.append(CallerFact(label: "Role", value: name))
            facts.append(CallerFact(label: "Session", value: session))
        case .federatedUser(let name): facts.append(CallerFact(label: "User", value: name))
        case .root, .other: break
        }
        if let set = identity.permissionSet {
            facts.append(CallerFact(label: "Permissions", value: "set \(set) of IAM Identity Center"))
        }
        facts.append(CallerFact(label: "User id", value: identity.userID, form: .exact))
        facts.append(CallerFact(label: "Partition", value: identity.partition))
        return facts
    }

    private func originFacts(now: Date) -> [CallerFact] {
        var facts: [CallerFact] = []
        if let winner = resolution.reports.first(where: { $0.outcome == .used }) {
            facts.append(CallerFact(label: "Source", value: Self.source(winner)))
        }
        let profile = resolution.profile
        let words = "\(profile.name) (\(profile.reason.words))"
        facts.append(CallerFact(label: "Profile", value: words, isEssential: true))
        if let credentials = resolution.credentials { facts.append(Self.expiry(credentials, now: now)) }
        facts.append(
            CallerFact(label: "Region", value: region.map { "\($0.name) (\($0.location))" } ?? "none is set"))
        return facts
    }

    /// The source, and where its values stand.
    private static func source(_ report: SourceReport) -> String {
        let places = report.origins.map(\.location).reduce(into: [String]()) { list, place in
            if !list.contains(place) { list.append(place) }
        }
        return places.isEmpty ? report.source.title : "\(report.source.title): \(places.joined(separator: ", "))"
    }

    private static func expiry(_ credentials: AWSCredentials, now: Date) -> CallerFact {
        guard let expiration = credentials.expiration else {
            let isTemporary = credentials.sessionToken != nil
            let words = isTemporary ? "not known: the source does not say" : "never: long-term credentials"
            return CallerFact(label: "Expires", value: words, isEssential: true)
        }
        let left = TimeText.countdown(to: expiration, now: now)
        let words = "\(TimeText.clock(expiration, now: now)), \(left)"
        return CallerFact(label: "Expires", value: words, form: expiration <= now ? .bad : .text, isEssential: true)
    }

    private var answerFacts: [CallerFact] {
        guard let endpoint else { return [] }
        var facts = [CallerFact(label: "STS", value: "\(endpoint.url) (\(endpoint.origin))")]
        guard let answer else { return facts }
        if let difference = answer.clockDifference {
            facts.append(CallerFact(label: "Clock", value: "\(ClockSkew.words(difference)) the server's"))
        }
        let request = answer.requestID.isEmpty ? "" : ", request \(answer.requestID)"
        facts.append(CallerFact(label: "Answered in", value: TimeText.measured(answer.elapsed) + request))
        return facts
    }
}

extension ProfileChoice.Reason {
    package var words: String {
        switch self {
        case .flag: "asked for"
        case .variable, .olderVariable, .preference: "from \(rawValue)"
        case .fallback: "nothing names another"
        }
    }
}

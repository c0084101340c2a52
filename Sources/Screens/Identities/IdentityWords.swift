import Chainguard
import FoundationEssentials

/// How an identity is put in one line.
enum IdentityWords {
    static func kind(_ identity: AssumableIdentity) -> String {
        switch identity.relationship {
        case .aws(let aws): principal(aws)?.kind ?? "AWS"
        case .claimMatch: "OIDC"
        case .staticKeys: "static keys"
        case .servicePrincipal: "service"
        case nil: "unknown"
        }
    }

    /// Who may assume it: account and role or user, or the issuer and subject.
    static func who(_ identity: AssumableIdentity) -> String {
        switch identity.relationship {
        case .aws(let aws): "\(aws.account) \(principal(aws)?.name ?? aws.arn.text)"
        case .claimMatch(let claims): "\(bare(claims.subject)) at \(host(bare(claims.issuer)))"
        case .staticKeys(let keys): keys.subject
        case .servicePrincipal(let name): name
        case nil: "a relationship that this version does not know"
        }
    }

    /// What a filter looks at.
    static func haystack(_ identity: AssumableIdentity) -> String {
        // The ARN, as a pattern without its escapes, names the role or user.
        let who =
            if case .aws(let aws) = identity.relationship {
                "\(aws.account) \(String(decoding: aws.arn.text.utf8.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self))"
            } else {
                self.who(identity)
            }
        return "\(identity.name) \(kind(identity)) \(who) \(identity.uid)"
    }

    static func isExpired(_ identity: AssumableIdentity, now: Date) -> Bool {
        guard case .staticKeys(let keys) = identity.relationship, let end = keys.expiration else { return false }
        return end <= now
    }

    /// The role or user that the ARN or its pattern names. Found byte by byte: it is asked of every identity of a list.
    private static func principal(_ aws: AWSRelationship) -> (kind: String, name: String)? {
        if let role = rest(of: aws.arn.text, after: ":assumed-role/") {
            return ("AWS role", unescaped(role.prefix { $0 != UInt8(ascii: "/") }))
        }
        guard let user = rest(of: aws.arn.text, after: ":user/") else { return nil }
        return ("AWS user", unescaped(user.split(separator: UInt8(ascii: "/")).last ?? user))
    }

    private static func rest(of text: String, after marker: String) -> Substring.UTF8View? {
        var rest = text.utf8[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = rest[colon...]
            if rest.starts(with: marker.utf8) { return rest.dropFirst(marker.utf8.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func unescaped(_ name: Substring.UTF8View) -> String {
        String(decoding: name.filter { $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "$") }, as: UTF8.self)
    }

    /// A pattern without its anchors and escapes, for a list.
    private static func bare(_ matcher: ValueMatcher) -> String {
        guard case .pattern(let pattern) = matcher else { return matcher.text }
        var text = pattern.filter { $0 != "\\" }
        if text.hasPrefix("^") { text.removeFirst() }
        if text.hasSuffix("$") { text.removeLast() }
        return text
    }

    private static func host(_ url: String) -> String {
        guard let range = url.firstRange(of: "://") else { return url }
        return String(url[range.upperBound...])
    }
}

import Chainguard
import FoundationEssentials

/// How an identity is put in one line.
enum IdentityWords {
    static func kind(_ identity: AssumableIdentity) -> String {
        switch identity.relationship {
        case .aws(let aws): isUser(aws) ? "AWS user" : isRole(aws) ? "AWS role" : "AWS"
        case .claimMatch: "OIDC"
        case .staticKeys: "static keys"
        case .servicePrincipal: "service"
        case nil: "unknown"
        }
    }

    /// Who may assume it: account and role or user, or the issuer and subject.
    static func who(_ identity: AssumableIdentity) -> String {
        switch identity.relationship {
        case .aws(let aws): "\(aws.account) \(principal(aws))"
        case .claimMatch(let claims): "\(bare(claims.subject)) at \(host(bare(claims.issuer)))"
        case .staticKeys(let keys): keys.subject
        case .servicePrincipal(let name): name
        case nil: "a relationship that this version does not know"
        }
    }

    static func isExpired(_ identity: AssumableIdentity, now: Date) -> Bool {
        guard case .staticKeys(let keys) = identity.relationship, let end = keys.expiration else { return false }
        return end <= now
    }

    private static func isRole(_ aws: AWSRelationship) -> Bool { aws.arn.text.contains(":assumed-role/") }

    private static func isUser(_ aws: AWSRelationship) -> Bool { aws.arn.text.contains(":user/") }

    private static func principal(_ aws: AWSRelationship) -> String {
        let arn = aws.arn.text
        for marker in [":assumed-role/", ":user/"] {
            guard let range = arn.firstRange(of: marker) else { continue }
            let rest = arn[range.upperBound...]
            let name = marker == ":user/" ? rest.split(separator: "/").last ?? rest : rest.prefix { $0 != "/" }
            return String(name.filter { $0 != "\\" && $0 != "$" })
        }
        return arn
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

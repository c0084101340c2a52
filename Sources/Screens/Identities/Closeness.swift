import Chainguard

/// How near an identity comes to letting the caller in: the order of every list of identities that is about the caller,
/// the nearest first, and the words beside it.
struct Closeness: Sendable, Comparable {
    /// From 1 for what lets the caller in to 0 for nothing in common; below that, what takes another proof than a signed
    /// request: a web identity first.
    private let value: Double

    init(of identity: AssumableIdentity, to caller: CallerValues?) {
        switch identity.relationship {
        case .aws: value = caller.flatMap { IdentityRanking.closeness(of: identity, to: $0) } ?? 0
        default: value = identity.relationship?.proof == .webIdentity ? -1 : -2
        }
    }

    /// Of an identity that nothing is known of but its UIDP.
    static let unknown = Closeness(value: -3)

    private init(value: Double) { self.value = value }

    var letsIn: Bool { value == 1 }

    /// The nearer one comes first.
    static func < (left: Closeness, right: Closeness) -> Bool { left.value > right.value }

    /// Whether the caller is let in, or what differs.
    static func words(_ identity: AssumableIdentity, _ caller: CallerValues?) -> String {
        guard case .aws(let aws) = identity.relationship else {
            return identity.relationship?.proof == .webIdentity ? "by web identity" : "not for AWS"
        }
        return caller.map { aws.verdict(for: $0).summary } ?? "caller not known"
    }
}

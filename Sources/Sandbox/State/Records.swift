import Chainguard

/// An organization or a folder.
struct GroupRecord: Codable, Sendable, Equatable {
    var uid: UIDP
    var name: String
    var description: String
    var verified: Bool
}

struct RoleRecord: Codable, Sendable, Equatable {
    var uid: UIDP
    var name: String
    var description: String
    var capabilities: [String]

    /// Built-in roles stand at roots of their own and are everybody's.
    var isBuiltIn: Bool { uid.isRoot }
}

struct BindingRecord: Codable, Sendable, Equatable {
    var uid: UIDP
    var identityUid: UIDP
    var roleUid: UIDP
    /// Where it holds: there and below.
    var groupUid: UIDP
}

struct RepositoryRecord: Codable, Sendable, Equatable {
    var id: UIDP
    var name: String
    var catalogTier: String
    var bundles: [String]
    var readme: String
}

struct TagRecord: Codable, Sendable, Equatable {
    var id: UIDP
    var name: String
    var digest: String
    var lastUpdated: String?
    var deprecated: Bool
}

/// A refresh token that was handed out; each works once.
struct RefreshGrant: Codable, Sendable, Equatable {
    var id: String
    var subject: String
    var email: String?
    /// Seconds since 1970.
    var expires: Int
    var isUsed: Bool
}

/// A person who signs in, as opposed to an assumable identity.
struct PersonRecord: Codable, Sendable, Equatable {
    var uid: UIDP
    var email: String
}

/// Everything the sandbox remembers.
struct SandboxState: Codable, Sendable, Equatable {
    static let currentVersion = 1

    var version = currentVersion
    /// The issuer's P-256 key as PEM, so that tokens outlive a restart.
    var signingKey: String
    /// Counts what was made, so that new UIDs and token ids differ.
    var sequence = 0
    var people: [PersonRecord] = []
    var groups: [GroupRecord] = []
    var roles: [RoleRecord] = []
    var identities: [IdentityRecord] = []
    var bindings: [BindingRecord] = []
    var repositories: [RepositoryRecord] = []
    var tags: [TagRecord] = []
    var refreshGrants: [RefreshGrant] = []

    func group(_ uid: UIDP) -> GroupRecord? { groups.first { $0.uid == uid } }
    func role(_ uid: UIDP) -> RoleRecord? { roles.first { $0.uid == uid } }
    func identity(_ uid: UIDP) -> IdentityRecord? { identities.first { $0.uid == uid } }

    /// A UIDP below `parent` that nothing has yet.
    mutating func newUID(below parent: UIDP, for purpose: String) -> UIDP {
        sequence += 1
        let segment = Material.hex("\(purpose) \(sequence) below \(parent)", digits: 16)
        guard let uid = UIDP("\(parent)/\(segment)") else { return parent }
        return uid
    }
}

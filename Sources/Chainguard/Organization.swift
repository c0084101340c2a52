import FoundationEssentials

/// An organization (root) or a folder below one.
public struct Group: Sendable, Hashable, Codable {
    public var uid: UIDP
    public var name: String
    public var description: String

    public init(uid: UIDP, name: String, description: String = "") {
        self.uid = uid
        self.name = name
        self.description = description
    }
}

/// A named set of capabilities. Built-in roles stand at a root of their own; custom roles of one name may be many.
public struct Role: Sendable, Hashable, Codable {
    public var uid: UIDP
    public var name: String
    public var description: String
    /// `registry.pull`, `identity.list` …
    public var capabilities: [String]

    public init(uid: UIDP, name: String, description: String = "", capabilities: [String] = []) {
        self.uid = uid
        self.name = name
        self.description = description
        self.capabilities = capabilities
    }

    /// Built-in roles carry a UIDP without `/`.
    public var isBuiltIn: Bool { uid.isRoot }
}

/// An identity bound to a role at a group; it holds there and below.
public struct RoleBinding: Sendable, Hashable {
    /// A name and what it stands for, as the API writes it into a binding.
    public struct Party: Sendable, Hashable {
        /// Given by Chainguard; stands below the group.
        public var uid: UIDP
        public var name: String

        public init(uid: UIDP, name: String) {
            self.uid = uid
            self.name = name
        }
    }
    public var uid: UIDP
    /// Who holds the role.
    public var identity: Party
    /// Where: there and below.
    public var group: Party
    /// What the identity may do.
    public var role: Party

    public init(uid: UIDP, identity: Party, group: Party, role: Party) {
        self.uid = uid
        self.identity = identity
        self.group = group
        self.role = role
    }
}

/// What a role gives at one group, from `GET /auth/v1/ok`.
public struct GrantedCapabilities: Sendable, Hashable {
    /// The group's UIDP.
    public var group: String
    /// The role's name.
    public var role: String
    /// What the role allows there: `registry.pull` …
    public var capabilities: [String]

    public init(group: String, role: String, capabilities: [String]) {
        self.group = group
        self.role = role
        self.capabilities = capabilities
    }
}

/// Who the presented token is at Chainguard (`GET /auth/v1/ok`).
public struct AuthenticatedSubject: Sendable, Hashable {
    public var issuer: String
    /// A UIDP: an identity's, or a person's.
    public var subject: String
    /// Whom the token is for.
    public var audience: [String]
    public var expiry: Date?
    public var issuedAt: Date?
    /// Of a person; empty for an identity.
    public var email: String
    /// `nil` where they are not known: only the API tells, and only of tokens that are meant for it.
    public var granted: [GrantedCapabilities]?

    public init(
        issuer: String, subject: String, audience: [String], expiry: Date? = nil, issuedAt: Date? = nil,
        email: String = "", granted: [GrantedCapabilities]? = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.expiry = expiry
        self.issuedAt = issuedAt
        self.email = email
        self.granted = granted
    }
}

/// A repository of images, as `GET /registry/v1/repos` lists it.
public struct ImageRepository: Sendable, Hashable {
    public var id: UIDP
    public var name: String
    /// `FREE`, `APPLICATION`, `BASE` …; empty when the API does not say.
    public var catalogTier: String

    public init(id: UIDP, name: String, catalogTier: String = "") {
        self.id = id
        self.name = name
        self.catalogTier = catalogTier
    }
}

/// A tag of a repository and the image that it stands for.
public struct ImageTag: Sendable, Hashable {
    public var id: UIDP
    public var name: String
    /// `sha256:` and 64 hex digits; what is pulled is pinned by it.
    public var digest: String
    public var lastUpdated: Date?
    public var deprecated: Bool

    public init(id: UIDP, name: String, digest: String, lastUpdated: Date? = nil, deprecated: Bool = false) {
        self.id = id
        self.name = name
        self.digest = digest
        self.lastUpdated = lastUpdated
        self.deprecated = deprecated
    }
}

import AWSCaller

/// An identity for a caller from AWS as it is being filled in: text as typed, checked field by field.
public struct IdentityDraft: Sendable, Hashable, Codable {
    /// Who is to be let in, and how it proves itself.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// An IAM role that signs a request.
        case role
        /// An IAM user that signs a request.
        case user
        /// Whoever shows a token of AWS outbound identity federation.
        case federation
    }

    /// What a token of outbound federation says.
    public struct Federation: Sendable, Hashable, Codable {
        /// The account's own, `https://<uuid>.tokens.sts.global.api.aws`.
        public var issuer: String
        /// The IAM ARN of the role or user, its path included.
        public var subject: String

        public init(issuer: String = "", subject: String = "") {
            self.issuer = issuer
            self.subject = subject
        }
    }

    /// What a person fills in; each kind of draft has some of them.
    public enum Field: String, Sendable, Hashable, Codable, CaseIterable {
        case partition
        case account
        case iamName
        case path
        case uniqueID
        case issuer
        case subject
        case name
        case description
        case parent
        case roles
    }

    /// Decides which of the fields count.
    public var kind: Kind
    /// `aws`, `aws-cn`, `aws-us-gov` …
    public var partition: String
    /// 12 digits.
    public var account: String
    /// The role's or user's name in IAM, without its path.
    public var iamName: String
    /// A user's path, `/` or `/…/`; a role's path is not part of what STS says, so it is not used.
    public var path: String
    /// `AROA…` or `AIDA…`; empty: whoever carries the name.
    public var uniqueID: String
    /// For a draft of kind `federation`.
    public var federation: Federation?
    /// The identity's own name at Chainguard.
    public var name: String
    /// Up to 512 characters in one line; may be empty.
    public var description: String
    /// The organization or folder it is to stand in.
    public var parent: Group?
    /// Bound at the parent once it exists.
    public var roles: [Role]

    public init(
        kind: Kind = .role, partition: String = "aws", account: String = "", iamName: String = "", path: String = "/",
        uniqueID: String = "", name: String = "", description: String = "", parent: Group? = nil, roles: [Role] = [],
        federation: Federation? = nil
    ) {
        self.kind = kind
        self.partition = partition
        self.account = account
        self.iamName = iamName
        self.path = path
        self.uniqueID = uniqueID
        self.federation = federation
        self.name = name
        self.description = description
        self.parent = parent
        self.roles = roles
    }

    /// Whether an identity of this name at this place would be the one that it describes.
    package func isCalled(_ name: String, at parent: UIDP?) -> Bool {
        self.name == name && self.parent?.uid == parent
    }

    /// Filled in so that it lets this caller in; for root and federated users only the account is known.
    public init(from caller: CallerIdentity) {
        self.init(partition: caller.partition, account: caller.account)
        switch caller.kind {
        case .assumedRole(let name, _):
            iamName = name
        case .user(let path, let name):
            kind = .user
            iamName = name
            self.path = path
        case .root, .federatedUser, .other: return
        }
        uniqueID = caller.uniqueID.hasPrefix(kind.idPrefix) ? caller.uniqueID : ""
        name = Self.suggestedName(iamName)
    }

    /// A legal identity name made from an IAM name: lower case, what is not allowed as `-`, 3 to 63 characters.
    public static func suggestedName(_ iamName: String) -> String {
        let legal = iamName.lowercased().map { DraftRules.isNameCharacter($0) ? $0 : "-" }
        let name = String(legal.prefix(63))
        return name.isEmpty || name.count >= 3 ? name : name + "-aws"
    }
}

extension IdentityDraft.Kind {
    /// What the unique ids of its kind begin with (IAM User Guide, "Unique identifiers").
    public var idPrefix: String {
        switch self {
        case .role: "AROA"
        case .user: "AIDA"
        case .federation: ""
        }
    }

    /// `role`, `user` or `federation`.
    public var title: String { rawValue }
}

extension IdentityDraft {
    /// Whom the identity lets in.
    public var relationship: Relationship {
        if let awsRelationship { return .aws(awsRelationship) }
        let wanted = federation ?? Federation()
        return .claimMatch(ClaimMatch(issuer: .exact(wanted.issuer), subject: .exact(wanted.subject)))
    }

    /// For a role or user: the patterns that chainctl's `create aws role|user` stands for.
    ///
    /// Role: any session of the role, whose name is escaped for the regular expression; user: the exact ARN.
    public var awsRelationship: AWSRelationship? {
        switch kind {
        case .role: AWSRelationship(account: account, arn: .pattern(rolePattern), userID: roleUserID)
        case .user: AWSRelationship(account: account, arn: .exact(userARN), userID: userUserID)
        case .federation: nil
        }
    }

    private var rolePattern: String {
        let partition = DraftRules.escaped(partition)
        return "^arn:\(partition):sts::\(account):assumed-role/\(DraftRules.escaped(iamName))/(.+)$"
    }

    private var roleUserID: ValueMatcher {
        .pattern(uniqueID.isEmpty ? "^AROA[A-Z0-9]+:(.+)$" : "^\(uniqueID):(.+)$")
    }

    /// A path that the user's ARN carries.
    var hasPath: Bool { kind == .user && !path.isEmpty && path != "/" }

    private var userARN: String { "arn:\(partition):iam::\(account):user\(path.isEmpty ? "/" : path)\(iamName)" }

    private var userUserID: ValueMatcher {
        uniqueID.isEmpty ? .pattern("^AIDA[A-Z0-9]+$") : .exact(uniqueID)
    }

    /// What is to be created.
    /// - Throws: `Failure` naming the first field that breaks a rule.
    public func newIdentity() throws(Failure) -> NewIdentity {
        for field in Field.allCases {
            if let problem = problem(field) {
                throw Failure("The draft's \(field.title) is not right", detail: problem, category: .usage)
            }
        }
        return unchecked
    }

    /// The body that creation sends, to the byte; unlike `newIdentity` it may be asked of an unfinished draft through
    /// `previewJSON`.
    public func requestJSON() throws(Failure) -> String { try newIdentity().json.compact }

    /// The same request, indented for people, as the draft stands now.
    public var previewJSON: String { unchecked.json.pretty }

    /// As it stands, right or not.
    var unchecked: NewIdentity {
        NewIdentity(name: name, description: description, relationship: relationship)
    }
}

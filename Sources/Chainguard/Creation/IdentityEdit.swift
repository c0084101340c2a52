import AWSCaller

/// An identity's description and what its relationship compares, as they are being changed: text as typed, checked field
/// by field.
public struct IdentityEdit: Sendable, Hashable {
    /// What can be changed of an identity that is there.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case description
        case arn
        case userID
        case issuer
        case subject
        case audience
    }

    /// As it is at Chainguard.
    public let identity: AssumableIdentity
    /// As typed.
    public var description: String
    private var matchers: [Field: ValueMatcher] = [:]
    private let original: [Field: ValueMatcher]

    public init(of identity: AssumableIdentity) {
        self.identity = identity
        description = identity.description
        original =
            switch identity.relationship {
            case .aws(let aws): [.arn: aws.arn, .userID: aws.userID]
            case .claimMatch(let claims):
                [.issuer: claims.issuer, .subject: claims.subject, .audience: claims.audience ?? .exact("")]
            case .staticKeys, .servicePrincipal, nil: [:]
            }
        matchers = original
    }

    /// What can be changed, in the order of a form.
    public var fields: [Field] { Field.allCases.filter { $0 == .description || matchers[$0] != nil } }

    /// What a field compares with; `nil` for the description and for what the relationship does not have.
    public subscript(field: Field) -> ValueMatcher? { matchers[field] }

    /// - Returns: false when the relationship has no such field.
    @discardableResult
    public mutating func set(_ field: Field, _ matcher: ValueMatcher) -> Bool {
        guard matchers[field] != nil else { return false }
        matchers[field] = matcher
        return true
    }

    /// - Returns: the rule that the field breaks, a sentence without a final stop; `nil` when it is right, or as it was.
    public func problem(_ field: Field) -> String? {
        guard let matcher = matchers[field], matcher != original[field] else {
            guard field == .description, description != identity.description else { return nil }
            return DraftRules.descriptionProblem(description)
        }
        switch matcher {
        case .exact(let value):
            if value.isEmpty { return field == .audience ? nil : "Give the \(field.title), or a pattern for it" }
            guard field == .arn, ARN(value) == nil else { return nil }
            return "An ARN has six parts with colons between them, such as arn:aws:iam::123456789012:user/ada"
        case .pattern(let pattern):
            if pattern.isEmpty { return "An empty pattern would match everybody" }
            do {
                _ = try GoRegex(pattern)
                return nil
            } catch {
                return error.message
            }
        }
    }

    public var problems: [Field: String] {
        Dictionary(uniqueKeysWithValues: fields.compactMap { field in problem(field).map { (field, $0) } })
    }

    /// Who may assume it once this is saved.
    public var relationship: Relationship? {
        switch identity.relationship {
        case .aws(var aws):
            aws.arn = matchers[.arn] ?? aws.arn
            aws.userID = matchers[.userID] ?? aws.userID
            return .aws(aws)
        case .claimMatch(var claims):
            claims.issuer = matchers[.issuer] ?? claims.issuer
            claims.subject = matchers[.subject] ?? claims.subject
            claims.audience = matchers[.audience].flatMap { $0.text.isEmpty ? nil : $0 }
            return .claimMatch(claims)
        case let other: return other
        }
    }

    /// Only what is other than it was.
    public var patch: IdentityPatch {
        IdentityPatch(
            description: description == identity.description ? nil : description,
            relationship: relationship == identity.relationship ? nil : relationship)
    }

    public var changes: [IdentityPatch.Change] { patch.changes(of: identity) }
}

extension IdentityEdit.Field {
    /// As a person calls it.
    public var title: String {
        switch self {
        case .description: "description"
        case .arn: "ARN"
        case .userID: "user id"
        case .issuer: "issuer"
        case .subject: "subject"
        case .audience: "audience"
        }
    }
}

import AWSCaller

/// What Chainguard matches an identity against: of a caller's signed request three values, as STS reports them, of its
/// token issuer and subject.
public struct CallerValues: Sendable, Hashable {
    /// 12 digits.
    public var account: String
    /// As STS reports it.
    public var arn: String
    /// As STS reports it: `AROA…:SESSION`, `AIDA…`.
    public var userID: String
    /// What a token of AWS outbound federation says of it; `nil` while STS was not asked for one.
    public var token: IdentityDraft.Federation?

    public init(account: String, arn: String, userID: String, token: IdentityDraft.Federation? = nil) {
        self.account = account
        self.arn = arn
        self.userID = userID
        self.token = token
    }

    public init(_ identity: CallerIdentity) {
        self.init(account: identity.account, arn: identity.arn.description, userID: identity.userID)
    }
}

/// Whether an identity lets a caller in, and if not, why.
public struct MatchVerdict: Sendable, Hashable {
    /// Account, ARN and user id must all match.
    public var matches: Bool
    /// Account, ARN and user id, in this order.
    public var fields: [FieldVerdict]
    /// What to do, in plain words; empty when it matches.
    public var advice: [String]

    public init(matches: Bool, fields: [FieldVerdict], advice: [String]) {
        self.matches = matches
        self.fields = fields
        self.advice = advice
    }

    /// `matches`, or which fields differ.
    public var summary: String {
        let differing = fields.filter { !$0.matches }.map(\.field.title)
        return matches ? "matches" : "differs in \(differing.joined(separator: ", "))"
    }
}

/// One value compared.
public struct FieldVerdict: Sendable, Hashable {
    /// What of a caller is compared.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case account
        case arn
        case userID
        /// Of an OIDC token.
        case issuer
        case subject

        /// As a person calls it.
        public var title: String {
            switch self {
            case .account: "Account"
            case .arn: "ARN"
            case .userID: "User id"
            case .issuer: "Issuer"
            case .subject: "Subject"
            }
        }
    }

    /// What was compared.
    public var field: Field
    /// The identity's.
    public var expected: ValueMatcher
    /// The caller's.
    public var actual: String
    /// Whether the caller's is what the identity expects.
    public var matches: Bool
    /// How many UTF-8 bytes of `actual` agree with `expected`, from the beginning; all of them when it matches.
    public var matchedPrefix: Int
    /// Why the comparison can never succeed: the pattern is illegal. `nil` when it can.
    public var problem: String?

    public init(
        field: Field, expected: ValueMatcher, actual: String, matches: Bool, matchedPrefix: Int,
        problem: String? = nil
    ) {
        self.field = field
        self.expected = expected
        self.actual = actual
        self.matches = matches
        self.matchedPrefix = matchedPrefix
        self.problem = problem
    }

    /// Compares as Chainguard does: exact values byte by byte, patterns unanchored.
    init(_ field: Field, _ expected: ValueMatcher, _ actual: String) {
        self.init(field: field, expected: expected, actual: actual, matches: false, matchedPrefix: 0)
        switch expected {
        case .exact(let wanted):
            matches = wanted.utf8.elementsEqual(actual.utf8)
            matchedPrefix = zip(wanted.utf8, actual.utf8).prefix { $0 == $1 }.count
        case .pattern(let pattern):
            do {
                let regex = try GoRegex(pattern)
                matches = regex.matches(actual)
                matchedPrefix = matches ? actual.utf8.count : regex.longestMatchedPrefix(actual)
            } catch {
                problem = error.message
            }
        }
    }
}

extension AssumableIdentity {
    /// Whether this caller would be let in. The account is compared first: patterns of other accounts are never read.
    public func admits(_ caller: CallerValues) -> Bool {
        guard case .aws(let aws) = relationship, aws.account == caller.account else { return false }
        return aws.verdict(for: caller).matches
    }
}

extension AWSRelationship {
    /// Would this caller be let in? Where account, ARN and user id agree, and where they part ways.
    public func verdict(for caller: CallerValues) -> MatchVerdict {
        let fields = fields(for: caller)
        let matches = fields.allSatisfy(\.matches)
        return MatchVerdict(
            matches: matches, fields: fields,
            advice: matches ? [] : MatchAdvice(relationship: self, caller: caller).lines(fields))
    }

    func fields(for caller: CallerValues) -> [FieldVerdict] {
        [
            FieldVerdict(.account, .exact(account), caller.account),
            FieldVerdict(.arn, arn, caller.arn),
            FieldVerdict(.userID, userID, caller.userID),
        ]
    }
}

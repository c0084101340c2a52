import AWSCaller

/// What creating an identity leaves behind.
public struct CreatedIdentity: Sendable, Hashable {
    /// As it was read back.
    public var identity: AssumableIdentity
    /// Bound at its parent.
    public var roles: [Role]
    /// Whether it would let in the caller it was tried with; `nil` when there was none.
    public var verdict: MatchVerdict?

    public init(identity: AssumableIdentity, roles: [Role] = [], verdict: MatchVerdict? = nil) {
        self.identity = identity
        self.roles = roles
        self.verdict = verdict
    }
}

extension IdentityCreation {
    /// In the order they are done.
    public enum Step: Sendable, Hashable {
        case check
        case create
        case bind(Role)
        case readBack
        case testMatch

        /// As a person calls it.
        public var title: String {
            switch self {
            case .check: "Check name and roles"
            case .create: "Create the identity"
            case .bind(let role): "Bind the role \(role.name)"
            case .readBack: "Read it back"
            case .testMatch: "Try this caller against it"
            }
        }
    }

    /// How far a step is.
    public enum State: Sendable, Hashable {
        case running
        /// With what came of it, as a short clause; may be empty.
        case done(String)
        case failed(Failure)
        case skipped
    }

    /// A step and how far it is.
    public struct StepUpdate: Sendable, Hashable {
        public var step: Step
        public var state: State
        /// Since the step began.
        public var elapsed: Duration
        /// Why it is being tried again, or what a person should know of it besides; may be empty.
        public var note: String

        public init(step: Step, state: State, elapsed: Duration, note: String = "") {
            self.step = step
            self.state = state
            self.elapsed = elapsed
            self.note = note
        }
    }
}

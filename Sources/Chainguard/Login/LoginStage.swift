import AWSCaller
import FoundationEssentials

/// The stages of logging in by assuming an identity, in order.
public enum LoginStage: String, Sendable, Hashable, CaseIterable, Codable {
    case credentials
    case signing
    case exchange
    case saved
    case checked

    /// As a person calls it.
    public var title: String {
        switch self {
        case .credentials: "Find AWS credentials"
        case .signing: "Sign the proof"
        case .exchange: "Exchange it with Chainguard"
        case .saved: "Save the token"
        case .checked: "Ask who is signed in"
        }
    }
}

/// How a caller proves to Chainguard who it is.
public enum LoginProof: Sendable, Hashable {
    /// A signed GetCallerIdentity request, which the issuer passes on to STS.
    case signedRequest
    /// A JWT of AWS (`GetWebIdentityToken`), for identities that match on its issuer and subject.
    case webIdentity
}

/// Who one is after logging in.
public struct LoginOutcome: Sendable, Hashable {
    /// Who, and what that allows.
    public var subject: AuthenticatedSubject
    /// When the token ends; `nil` when nothing says it.
    public var expiry: Date?
    /// The file that holds the token.
    public var cachePath: String

    public init(subject: AuthenticatedSubject, expiry: Date?, cachePath: String) {
        self.subject = subject
        self.expiry = expiry
        self.cachePath = cachePath
    }
}

extension LoginFlow {
    /// How far a stage is.
    public enum State: Sendable, Hashable {
        case running
        /// With what came of it, as a short clause; may be empty.
        case done(String)
        case failed(Failure)
    }

    /// A stage, how far it is, and how long it took.
    public struct StageUpdate: Sendable, Hashable {
        public var stage: LoginStage
        public var state: State
        /// Since the stage began.
        public var elapsed: Duration

        public init(stage: LoginStage, state: State, elapsed: Duration) {
            self.stage = stage
            self.state = state
            self.elapsed = elapsed
        }
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials

/// Names one run of a job, so that its answers find their question and late ones are dropped.
public struct EffectID: Hashable, Sendable {
    public var rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }
}

/// Whose Chainguard token a job uses.
public enum Session: Hashable, Sendable {
    /// The operator's cached token.
    case standard
    /// A token kept under an alias: an identity assumed from here, which never replaces the operator's own.
    case alias(String)
}

/// Something for the outside to do. The app itself does no input or output.
public enum Effect: Equatable, Sendable {
    /// Run the job; its answers come back with this id.
    case run(EffectID, Job)
    /// Stop the job; its answers are no longer wanted.
    case cancel(EffectID)
    /// Send `Event.tick` after this long. A new tick replaces one that is still pending.
    case tick(after: Duration)
    /// Free what is no longer needed, anywhere but in the loop.
    case discard(Discarded)
    /// Put the text on the person's clipboard (OSC 52).
    case copy(Secret)
    /// Stop the process until it is continued, as ^Z does.
    case suspend
    /// Forget what the terminal shows and draw everything anew.
    case redraw
    /// Leave; work that still runs is cancelled.
    case quit
}

/// A text and the file it is to go to.
public struct TextFile: Hashable, Sendable {
    /// As the person typed it.
    public var path: String
    public var contents: String
    /// Whether a file that is there may be replaced.
    public var replaces: Bool

    public init(path: String, contents: String, replaces: Bool) {
        self.path = path
        self.contents = contents
        self.replaces = replaces
    }
}

/// A question to AWS or Chainguard. Jobs carry everything they depend on: the runner keeps no state of its own.
public enum Job: Hashable, Sendable {
    /// Answers: `callerProgress`…, `caller`. Probing asks sources of the network although an earlier one won.
    case detectCaller(profile: String?, probes: Bool)
    /// The profiles of the AWS files. Answers: `profiles`.
    case profiles
    /// Answers: `subject`.
    case subject(as: Session)
    /// Answers: `identitiesRemembered` when a list is kept from before, `identities` as pages arrive, the last one with
    /// everything.
    case identities(as: Session)
    /// Arrange a large list, in the place of what was arranged before. Answers: `arranged`.
    case arrange(IdentityArrangement.Input, after: IdentityArrangement)
    /// Answers: `groups`.
    case groups(as: Session)
    /// Answers: `roles`.
    case roles(as: Session)
    /// The bindings of one identity. Answers: `bindings`.
    case bindings(UIDP, as: Session)
    /// Answers: `creationStep`…, `created`. The caller is who the finished identity is tried against.
    case create(IdentityDraft, caller: CallerValues?, as: Session)
    /// Answers: `updated`.
    case update(UIDP, IdentityPatch, as: Session)
    /// Bind an identity to roles at one organization or folder. Answers: `bindings`.
    case bind(UIDP, [Role], at: Group, as: Session)
    /// Answers: `bindings`.
    case unbind(RoleBinding, as: Session)
    /// Creations that did not come to their end. Answers: `pendingCreations`.
    case pendingCreations
    /// Do what is left of one. Answers: `creationStep`…, `created`.
    case resume(PendingCreation, caller: CallerValues?, as: Session)
    /// Delete what one made. Answers: `creationDropped`.
    case undo(PendingCreation, as: Session)
    /// Drop the record of one; what exists stays. Answers: `creationDropped`.
    case forget(PendingCreation)
    /// Sign a token for the identity with the credentials of this profile. Answers: `token`.
    case token(UIDP, profile: String?)
    /// Assume the identity and keep its tokens under the alias. Answers: `loginStage`…, `loggedIn`.
    case login(UIDP, proof: LoginProof, alias: String?, profile: String?)
    /// Answers: `repositories`.
    case repositories(as: Session)
    /// The tags of one repository. Answers: `tags`.
    case tags(UIDP, as: Session)
    /// Answers: `deleted`.
    case deleteIdentity(UIDP, as: Session)
    /// One after the other, until one fails. Answers: `progress`…, `deletedMany`.
    case deleteIdentities([UIDP], as: Session)
    /// Issuer and subject of a token of outbound federation, which is asked for with the credentials of this profile and
    /// not kept. Answers: `federation`.
    case federation(profile: String?)
    /// The wizard's draft of an earlier run. Answers: `keptDraft`.
    case keptDraft
    /// Keep the wizard's draft for the next run; `nil` forgets it. Answers: `draftKept`.
    case keepDraft(IdentityDraft?)
    /// Write a text the person asked for to a file. Answers: `saved`, or `fileExists` where one must not be replaced.
    case save(TextFile)
    /// Write what happened, redacted, to a file that is not there yet. Answers: `saved`.
    case saveBundle([Message], to: String)
}

/// What a job said. Any job may end with `failed`.
public enum Answer: Sendable {
    case callerProgress(CallerDetector.Progress)
    case caller(DetectedCaller)
    case profiles([ProfileSummary])
    /// `nil`: no token is cached for the session, so nobody is signed in.
    case subject(AuthenticatedSubject?)
    /// What was listed last, perhaps by an earlier run, and when; of a long list first its beginning.
    case identitiesRemembered([AssumableIdentity], total: Int, saved: Date)
    /// All identities known so far, not only the new ones.
    case identities([AssumableIdentity], total: Int, complete: Bool)
    case arranged(IdentityArrangement)
    case groups([Group])
    case roles([Role])
    case bindings(UIDP, [RoleBinding])
    case creationStep(IdentityCreation.StepUpdate)
    case created(CreatedIdentity)
    /// As it is after the change.
    case updated(AssumableIdentity)
    /// Oldest first.
    case pendingCreations([PendingCreation])
    /// The record is gone; when it was undone, what had been made is too.
    case creationDropped(PendingCreation, wasUndone: Bool)
    case token(SignedCallerToken)
    case loginStage(LoginFlow.StageUpdate)
    case loggedIn(LoginOutcome)
    case repositories([ImageRepository])
    case tags(UIDP, [ImageTag])
    case deleted(UIDP)
    case deletedMany([UIDP])
    /// How much of a known whole is done.
    case progress(done: Int, total: Int)
    case federation(IdentityDraft.Federation)
    case keptDraft(KeptDraft?)
    case draftKept
    /// The path it was written to.
    case saved(String)
    case fileExists(TextFile)
    case failed(Failure)

    /// The identities that exist no longer.
    var gone: Set<UIDP> {
        switch self {
        case .deleted(let uid): [uid]
        case .deletedMany(let uids): Set(uids)
        case .creationDropped(let pending, wasUndone: true): pending.identity.map { [$0] } ?? []
        default: []
        }
    }
}

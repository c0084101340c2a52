import AWSCaller
import Chainguard
import FoundationEssentials

/// What is known and shared by all screens.
struct Workspace: Sendable {
    /// The AWS profile in force; `nil` leaves the choice to the environment.
    var profile: String?
    var session = Session.standard
    var caller = Loadable<DetectedCaller>()
    var subject = Loadable<AuthenticatedSubject?>()
    var identities = Loadable<[AssumableIdentity]>()
    /// Counts the lists of identities: of two with one number the longer begins with the shorter.
    private(set) var identityList = 0
    /// The listing that runs has brought what is known: what it brings next is more of the same.
    var isListGrowing = false
    /// How many identities there are by the server's count; at least as many as are known.
    var identityTotal = 0
    /// When the identities were listed, where they are from an earlier listing and the new one has not come yet.
    var identitiesSaved: Date?
    var groups = Loadable<[Group]>()
    var roles = Loadable<[Role]>()
    /// Creations that did not come to their end, of whichever session.
    var pendingCreations = Loadable<[PendingCreation]>()
    var repositories = Loadable<[ImageRepository]>()
    var bindings: [UIDP: Loadable<[RoleBinding]>] = [:]
    var tags: [UIDP: Loadable<[ImageTag]>] = [:]
    /// What the wizard was left with by an earlier run.
    var keptDraft: KeptDraft?
    /// The identity that the Token and Login screens are about.
    var chosen: UIDP?
    /// Its name as far as it is known; it outlives the list that it was read from.
    var chosenName: String?
    /// The identity that was logged in as last, perhaps by an earlier run.
    var lastUsed: Memory.Identity?

    /// The caller as the matchers see it.
    var callerValues: CallerValues? {
        caller.value?.answer.map { CallerValues($0.identity) }
    }

    /// What this host signs with.
    var credentials: AWSCredentials? { caller.value?.resolution.credentials }

    /// Who is signed in; `nil` when nobody is or it is not known yet.
    var signedIn: AuthenticatedSubject? { subject.value ?? nil }

    func identity(_ uid: UIDP) -> AssumableIdentity? {
        identities.value?.first { $0.uid == uid }
    }

    /// An identity's name when it is known.
    func name(of uid: UIDP) -> String? {
        (uid == chosen ? chosenName : nil) ?? identity(uid)?.name
    }

    /// What a person or an identity that is signed in is called, when that is known.
    func name(of subject: AuthenticatedSubject) -> String? {
        subject.email.isEmpty ? UIDP(subject.subject).flatMap { name(of: $0) } : subject.email
    }

    func group(_ uid: UIDP) -> Group? {
        groups.value?.first { $0.uid == uid }
    }

    /// A group by its name when it is known, else its UIDP.
    func groupName(_ uid: UIDP) -> String {
        group(uid)?.name ?? uid.text
    }

    /// `acme / platform`
    func groupPath(_ uid: UIDP) -> String { GroupPath.text(uid, groupName) }

    /// The text with UIDPs by name where one is known, else by their end: for where there is no room for them.
    func brief(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let bare = word.last == ":" || word.last == "," ? word.dropLast() : word
            guard let uid = UIDP(String(bare)) else { return String(word) }
            let name = group(uid)?.name ?? self.name(of: uid) ?? "…" + uid.text.suffix(16)
            return name + word.dropFirst(bare.count)
        }.joined(separator: " ")
    }

    /// The organization that the header names: the one of the first grant, else the only root there is.
    var organization: String? {
        if let granted = signedIn?.granted?.first, let uid = UIDP(granted.group) { return groupName(uid.root) }
        let roots = groups.value?.filter(\.uid.isRoot) ?? []
        return roots.count == 1 ? roots[0].name : nil
    }

    /// - Parameter isListing: it is what the listing that runs has brought so far.
    mutating func setIdentities(_ all: [AssumableIdentity]?, isListing: Bool = false) {
        if !isListing || !isListGrowing { identityList += 1 }
        (identities.value, isListGrowing) = (all, isListing)
    }

    /// Another session sees other things: nothing of the old one may linger.
    mutating func change(to newSession: Session) {
        session = newSession
        subject = Loadable()
        groups = Loadable()
        roles = Loadable()
        identities = Loadable()
        setIdentities(nil)
        (identityTotal, identitiesSaved) = (0, nil)
        repositories = Loadable()
        bindings = [:]
        tags = [:]
    }
}

extension Workspace {
    func loginAlias(for uid: UIDP) -> String {
        Session.alias(for: uid, name: name(of: uid), among: identities.value ?? [])
    }
}

extension Session {
    /// The alias under which a login as this identity is kept: its name where that is safe as a folder's name, with a
    /// part of its UIDP where another identity is called the same, so that neither login replaces the other.
    public static func alias(for uid: UIDP, name: String?, among known: [AssumableIdentity]) -> String {
        let allowed = "abcdefghijklmnopqrstuvwxyz0123456789 ._-"
        let ending = uid.text.suffix(16)
        guard let name, !name.isEmpty, name.count <= 63, name.allSatisfy(allowed.contains), !name.hasPrefix(".") else {
            return String(ending)
        }
        return known.contains { $0.name == name && $0.uid != uid } ? "\(name.prefix(54))-\(ending.suffix(8))" : name
    }
}

import AWSCaller
import FoundationEssentials

/// A creation that did not come to its end: what was wanted and how far it got.
public struct PendingCreation: Sendable, Hashable, Codable {
    /// Names its file in the state folder.
    public var id: String
    /// The API that it was begun at.
    public var api: String
    public var draft: IdentityDraft
    public var started: Date
    /// The created identity; `nil` while it is not known whether there is one.
    public var identity: UIDP?
    /// UIDPs of the roles bound so far.
    public var bound: [UIDP]
    /// The request to create it was sent and no clear answer came.
    public var mayExist: Bool
    /// What stopped it; `nil` when the program ended meanwhile.
    public var problem: Failure?

    public init(
        id: String, api: String, draft: IdentityDraft, started: Date, identity: UIDP? = nil, bound: [UIDP] = [],
        mayExist: Bool = false, problem: Failure? = nil
    ) {
        self.id = id
        self.api = api
        self.draft = draft
        self.started = started
        self.identity = identity
        self.bound = bound
        self.mayExist = mayExist
        self.problem = problem
    }
}

/// Half-done creations, one 0600 file each in a state folder of 0700.
public struct CreationJournal: Sendable, Hashable {
    static let prefix = "creation-"
    static let maximumBytes = 1 << 20

    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// `$XDG_STATE_HOME/cgid`, else `$HOME/.local/state/cgid` (XDG Base Directory Specification).
    /// - Returns: `nil` when neither variable names an absolute path.
    public static func folder(environment: Environment) -> String? {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/cgid" }
        return environment["HOME"].map { $0 + "/.local/state/cgid" }
    }

    /// Those begun at an API, oldest first; files that can't be read are passed over.
    public func pending(api: String) -> [PendingCreation] {
        PrivateFile.names(in: folder).filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".json") }
            .compactMap(read).filter { $0.api == api }.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
    }

    private func read(_ name: String) -> PendingCreation? {
        guard let contents = try? PrivateFile.read("\(folder)/\(name)", limit: Self.maximumBytes) else { return nil }
        return try? JSONDecoder().decode(PendingCreation.self, from: Data(contents.bytes))
    }

    /// Drops the record; what exists at Chainguard stays.
    public func forget(_ pending: PendingCreation) throws(Failure) {
        try PrivateFile.remove(path(pending.id))
    }

    func record(_ pending: PendingCreation) throws(Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(pending) else { throw Failure("Can't write down a half-done creation") }
        try PrivateFile.write(Array(data), to: path(pending.id))
    }

    private func path(_ id: String) -> String { "\(folder)/\(Self.prefix)\(id).json" }

    static func id(_ draft: IdentityDraft, at date: Date) -> String {
        let name = draft.name.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return "\(Int(date.timeIntervalSince1970 * 1_000_000))-\(String(name))"
    }
}

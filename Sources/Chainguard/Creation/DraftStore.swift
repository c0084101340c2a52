import AWSCaller
import FoundationEssentials

/// A draft as it was left, to be taken up again.
public struct KeptDraft: Sendable, Hashable, Codable {
    /// The API that it is for: parent and roles are known there only.
    public var api: String
    public var draft: IdentityDraft
    /// When it was left.
    public var saved: Date

    public init(api: String, draft: IdentityDraft, saved: Date) {
        self.api = api
        self.draft = draft
        self.saved = saved
    }
}

/// The draft that was left last, one 0600 file in the state folder.
public struct DraftStore: Sendable, Hashable {
    private static let maximumBytes = 1 << 20

    private let path: String

    /// - Parameter folder: `CreationJournal.folder`, where half-done creations are too.
    public init(folder: String) {
        path = folder + "/draft.json"
    }

    /// - Returns: `nil` when there is none for this API, or none that can be read.
    public func read(api: String) -> KeptDraft? {
        guard let contents = try? PrivateFile.read(path, limit: Self.maximumBytes),
            let kept = try? JSONDecoder().decode(KeptDraft.self, from: Data(contents.bytes)), kept.api == api
        else { return nil }
        return kept
    }

    /// Keeps the draft in place of the one before.
    public func write(_ kept: KeptDraft) throws(Failure) {
        guard let data = try? JSONEncoder().encode(kept) else { throw Failure("Can't write down the draft") }
        try PrivateFile.write(Array(data), to: path)
    }

    /// Forgets the kept draft if an identity of its name was made at its parent: nothing is left to be done with it.
    /// One that can't be removed is only offered once more.
    func forget(createdFrom draft: IdentityDraft, at api: String) {
        guard let kept = read(api: api)?.draft, kept.isCalled(draft.name, at: draft.parent?.uid) else { return }
        try? remove()
    }

    /// Forgets the kept draft, if there is one.
    public func remove() throws(Failure) {
        try PrivateFile.remove(path)
    }
}

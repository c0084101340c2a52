import AWSCaller
import Crypto
import FoundationEssentials

/// The identities as they were listed last: one 0600 file for each API and login, so that nobody is shown what somebody
/// else could see.
public struct IdentityListCache: Sendable, Hashable {
    /// A list as it was when it was kept.
    public struct Remembered: Sendable, Hashable {
        public var identities: [AssumableIdentity]
        /// How many are kept.
        public var total: Int
        /// When they were listed.
        public var saved: Date
    }

    static let maximumBytes = 128 << 20
    /// How many are shown before the rest is read.
    private static let beginning = 200
    /// How many are written at once: a long list is not held a second time for it.
    private static let piece = 500
    private static let version = "1"

    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// `$XDG_CACHE_HOME/cgid`, else `$HOME/.cache/cgid` (XDG Base Directory Specification).
    /// - Returns: `nil` when neither variable names an absolute path.
    public static func folder(environment: Environment) -> String? {
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/cgid" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.cache/cgid" : nil }
    }

    /// - Parameters:
    ///   - api: the API's base URL.
    ///   - subject: who the login is there.
    ///   - beginning: called with the first of a long list, which takes a while to read.
    /// - Returns: `nil` when nothing is kept, or nothing that can be read whole.
    public func read(
        api: String, subject: String, beginning: (Remembered) -> Void = { _ in }
    ) -> Remembered? {
        guard let contents = try? PrivateFile.read(path(api, subject), limit: Self.maximumBytes), !contents.looseMode
        else { return nil }
        var lines = Lines(rest: contents.bytes[...])
        guard let first = lines.next(), let header = try? JSONValue(reading: first),
            header.text("version") == Self.version, header.text("api") == api, header.text("subject") == subject,
            let saved = header.date("saved"), let total = header.integer("count")
        else { return nil }
        var kept = Remembered(identities: [], total: total, saved: saved)
        var texts = SharedTexts()
        while let line = lines.next() {
            guard let json = try? JSONValue(reading: line), let identity = AssumableIdentity(json) else { return nil }
            kept.identities.append(texts.share(identity))
            if kept.identities.count == Self.beginning, total > Self.beginning { beginning(kept) }
        }
        guard kept.identities.count == total else { return nil }
        return kept
    }

    /// Keeps a whole list in the place of the one before.
    /// - Throws: when it can't be written, or is longer than `read` would take: then the one before stays.
    public func write(
        _ identities: [AssumableIdentity], api: String, subject: String, at moment: Date
    ) throws(Failure) {
        let header = JSONValue.object([
            "version": .string(Self.version), "api": .string(api), "subject": .string(subject),
            "saved": .string(Timestamp.format(moment)), "count": .string(String(identities.count)),
        ])
        var piece = Array((header.compact + "\n").utf8)
        var (rest, written) = (identities[...], 0)
        try PrivateFile.write(to: path(api, subject)) { () throws(Failure) in
            for identity in rest.prefix(Self.piece) { piece += (identity.json.compact + "\n").utf8 }
            rest = rest.dropFirst(Self.piece)
            written += piece.count
            guard written <= Self.maximumBytes else { throw Failure("The list of identities is too long to be kept") }
            defer { piece = [] }
            return piece
        }
    }

    private struct Lines: IteratorProtocol {
        var rest: ArraySlice<UInt8>

        mutating func next() -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            defer { rest = rest[end...].dropFirst() }
            return Array(rest[..<end])
        }
    }

    /// Addresses and logins are no file names; their hash is.
    private func path(_ api: String, _ subject: String) -> String {
        let digest = SHA256.hash(data: Array("\(api)\n\(subject)".utf8)).prefix(16)
        return "\(folder)/identities-\(Hex.encode(digest)).jsonl"
    }
}

extension AssumableIdentity {
    /// As the API writes it.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("uid", .string(uid.text)), .init("name", .string(name)), .init("description", .string(description)),
        ]
        let times = [("createTime", created), ("updateTime", updated), ("lastSeenTime", lastSeen)]
        for case (let name, let date?) in times { members.append(.init(name, .string(Timestamp.format(date)))) }
        return .object(members + (relationship.map { [$0.member] } ?? []))
    }
}

import AWSCaller
import FoundationEssentials
import Glibc

/// chainctl's token cache, shared with it: `<folder>/<audience, "/" as "-">[/<alias>]/oidc-token` and `…/refresh-token`.
public struct TokenCache: Sendable, Hashable {
    static let tokenName = "oidc-token"
    static let refreshName = "refresh-token"
    static let maximumBytes = 1 << 20

    /// Where it keeps tokens; need not be there yet.
    public let folder: String

    /// - Parameter folder: `…/chainguard`; see `folder(environment:)`.
    public init(folder: String) {
        self.folder = folder
    }

    /// `$XDG_CACHE_HOME/chainguard`, else `$HOME/.cache/chainguard` (Go's `os.UserCacheDir`).
    /// - Returns: `nil` when neither variable names an absolute path.
    public static func folder(environment: Environment) -> String? {
        if let cache = environment["XDG_CACHE_HOME"] {
            return cache.hasPrefix("/") ? cache + "/chainguard" : nil
        }
        return environment["HOME"].map { $0 + "/.cache/chainguard" }
    }

    /// The folder that holds an audience's tokens, or an alias's.
    /// - Throws: `Failure` when audience or alias can't be a folder's name.
    public func folder(audience: String, alias: String? = nil) throws(Failure) -> String {
        let name = audience.replacing("/", with: "-")
        try Self.check(name, "audience")
        guard let alias else { return "\(folder)/\(name)" }
        try Self.check(alias, "alias")
        return "\(folder)/\(name)/\(alias)"
    }

    private static func check(_ name: String, _ kind: String) throws(Failure) {
        let isSafe = !name.contains("/") && !name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255, isSafe else {
            throw Failure("The \(kind) “\(name)” can't name a folder of the token cache", category: .usage)
        }
        guard name != tokenName, name != refreshName else {
            throw Failure("The \(kind) \(name) is taken by the token cache itself", category: .usage)
        }
    }

    /// - Returns: `nil` when there is none.
    public func read(audience: String, alias: String? = nil) throws(Failure) -> CachedToken? {
        try checkFolders(audience, alias)
        return try token(in: folder(audience: audience, alias: alias), audience: audience, alias: alias)
    }

    /// Nothing is read or written through a link, or in somebody else's folder.
    private func checkFolders(_ audience: String, _ alias: String?) throws(Failure) {
        try PrivateFile.checkFolder(folder)
        try PrivateFile.checkFolder(folder(audience: audience))
        if let alias { try PrivateFile.checkFolder(folder(audience: audience, alias: alias)) }
    }

    private func token(in folder: String, audience: String?, alias: String?) throws(Failure) -> CachedToken? {
        let path = "\(folder)/\(Self.tokenName)"
        guard let access = try PrivateFile.read(path, limit: Self.maximumBytes, tightening: true) else { return nil }
        let refresh = try PrivateFile.read(
            "\(folder)/\(Self.refreshName)", limit: Self.maximumBytes, tightening: true)
        let text = Self.trimmed(access.bytes)
        let claims = JWTClaims(unverified: text)
        return CachedToken(
            audience: audience ?? claims?.audience.first ?? Self.folderName(folder, alias: alias), alias: alias,
            token: Secret(text), refreshToken: refresh.map { Secret(Self.trimmed($0.bytes)) }, claims: claims,
            path: path, looseMode: access.looseMode || refresh?.looseMode == true)
    }

    private static func folderName(_ folder: String, alias: String?) -> String {
        let parts = folder.split(separator: "/")
        return parts.dropLast(alias == nil ? 0 : 1).last.map(String.init) ?? folder
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        return String(decoding: bytes[..<end].drop(while: isSpace), as: UTF8.self)
    }

    /// Keeps both tokens, each file replaced in one step, while no other process changes the cache.
    public func write(_ tokens: IssuedTokens, audience: String, alias: String? = nil) throws(Failure) {
        try PrivateFile.checkFolder(folder)
        let lock = try lockBlocking()
        try write(tokens, audience: audience, alias: alias, holding: lock)
    }

    /// Keeps both tokens, each file replaced in one step, under a lock that is held already.
    ///
    /// Both are on the disk before either takes its place, and the old refresh token goes first: at no moment does one
    /// login's refresh token stand beside another's token.
    public func write(
        _ tokens: IssuedTokens, audience: String, alias: String? = nil, holding lock: FolderLock
    ) throws(Failure) {
        try checkFolders(audience, alias)
        let folder = try folder(audience: audience, alias: alias)
        let refreshPath = "\(folder)/\(Self.refreshName)"
        PrivateFile.removeLeftovers(in: folder)
        let token = try PrivateFile.stage(Array(tokens.token.reveal().utf8), for: "\(folder)/\(Self.tokenName)")
        var refresh: PrivateFile.Staged?
        do throws(Failure) {
            refresh = try stageRefresh(tokens.refreshToken, refreshPath)
            try PrivateFile.remove(refreshPath)
        } catch {
            token.discard()
            refresh?.discard()
            throw error
        }
        do throws(Failure) {
            try token.commit()
        } catch {
            refresh?.discard()
            throw error
        }
        try refresh?.commit()
    }

    private func stageRefresh(_ token: Secret?, _ path: String) throws(Failure) -> PrivateFile.Staged? {
        guard let token else { return nil }
        return try PrivateFile.stage(Array(token.reveal().utf8), for: path)
    }

    /// Removes the tokens of one audience or alias, and the folders that this leaves empty.
    /// - Returns: the paths of the files removed; empty when there was nothing.
    @discardableResult
    public func remove(audience: String, alias: String? = nil) throws(Failure) -> [String] {
        try checkFolders(audience, alias)
        return try remove(folder: folder(audience: audience, alias: alias), isAliased: alias != nil)
    }

    /// Removes a token that was listed, from where it was found: a folder's name need not be what its token says.
    /// - Returns: as above.
    @discardableResult
    public func remove(_ token: CachedToken) throws(Failure) -> [String] {
        try remove(folder: PrivateFile.parent(of: token.path), isAliased: token.alias != nil)
    }

    private func remove(folder leaf: String, isAliased: Bool) throws(Failure) -> [String] {
        guard PrivateFile.isFolder(leaf) else { return [] }
        let lock = try lockBlocking()
        defer { withExtendedLifetime(lock) {} }
        var removed: [String] = []
        for path in ["\(leaf)/\(Self.tokenName)", "\(leaf)/\(Self.refreshName)"] where try PrivateFile.remove(path) {
            removed.append(path)
        }
        if rmdir(leaf) == 0, isAliased { rmdir(PrivateFile.parent(of: leaf)) }
        return removed
    }

    /// Every token there is, by audience then alias. Links and what can't be read are passed over.
    public func list() -> [CachedToken] {
        folders(in: folder).flatMap { audience in
            let plain = (try? token(in: audience, audience: nil, alias: nil)) ?? nil
            let aliased = folders(in: audience).compactMap { leaf in
                (try? token(in: leaf, audience: nil, alias: String(leaf.dropFirst(audience.count + 1)))) ?? nil
            }
            return (plain.map { [$0] } ?? []) + aliased
        }
    }

    private func folders(in folder: String) -> [String] {
        PrivateFile.names(in: folder).map { "\(folder)/\($0)" }.filter(PrivateFile.isFolder)
    }
}

extension TokenCache {
    /// Waits for the lock without holding up other tasks.
    public func lock() async throws(Failure) -> FolderLock { try await FolderLock.take(folder) }

    /// Waits for the lock, the thread with it.
    func lockBlocking() throws(Failure) -> FolderLock { try FolderLock.takeBlocking(folder) }
}

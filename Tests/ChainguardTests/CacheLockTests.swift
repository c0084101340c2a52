import AWSCaller
import FoundationEssentials
import Glibc
import Testing

@testable import Chainguard

@Suite struct CacheLockTests {
    private static let audience = TokenCacheTests.audience

    @Test func onlyOneHoldsIt() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/cache")
            do {
                let held = try await cache.lock()
                #expect(try FolderLock.attempt(cache.folder) == nil)
                try cache.write(TokenCacheTests.tokens, audience: Self.audience, holding: held)
            }
            #expect(try FolderLock.attempt(cache.folder) != nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: cache.folder).count == 1)
        }
    }

    @Test func manyWritersLeaveOneWholePair() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        let tokens = IssuedTokens(token: Secret("t\(number)"), refreshToken: Secret("r\(number)"))
                        try cache.write(tokens, audience: Self.audience)
                    }
                }
                try await group.waitForAll()
            }
            let left = try #require(try cache.read(audience: Self.audience))
            #expect(left.refreshToken?.reveal() == "r" + left.token.reveal().dropFirst())
        }
    }

    @Test(arguments: ["", "/https:--console-api.enforce.dev", "/https:--console-api.enforce.dev/side"])
    func nothingGoesThroughALinkedFolder(link: String) async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/cache")
            let target = "\(folder)/elsewhere"
            let path = cache.folder + link
            let parent = PrivateFile.parent(of: path)
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
            #expect(throws: Failure.self) {
                try cache.write(TokenCacheTests.tokens, audience: Self.audience, alias: "side")
            }
            #expect(throws: Failure.self) { try cache.read(audience: Self.audience, alias: "side") }
            #expect(throws: Failure.self) { try cache.remove(audience: Self.audience, alias: "side") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: target).isEmpty)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
    func anotherUsersFolderIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/cache")
            try cache.write(TokenCacheTests.tokens, audience: Self.audience)
            #expect(chown(try cache.folder(audience: Self.audience), 12345, 12345) == 0)
            let failure = #expect(throws: Failure.self) { try cache.read(audience: Self.audience) }
            #expect(failure?.what.contains("belongs to another user (uid 12345)") == true)
        }
    }

    @Test func aLooseModeIsReportedAndTightened() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(TokenCacheTests.tokens, audience: Self.audience)
            let path = try cache.folder(audience: Self.audience) + "/oidc-token"
            #expect(chmod(path, 0o644) == 0)
            #expect(try cache.read(audience: Self.audience)?.looseMode == true)
            #expect(TokenCacheTests.mode(path) == 0o600)
            #expect(try cache.read(audience: Self.audience)?.looseMode == false)
        }
    }

    @Test func whatAKilledWriterLeftIsRemoved() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(TokenCacheTests.tokens, audience: Self.audience)
            let leaf = try cache.folder(audience: Self.audience)
            try Data("half".utf8).write(to: URL(filePath: "\(leaf)/.cgid-abcdef"))
            try cache.write(TokenCacheTests.tokens, audience: Self.audience)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: leaf).sorted() == ["oidc-token", "refresh-token"])
        }
    }

    /// The token's own audience is not the name of its folder.
    @Test func aListedTokenIsRemovedFromWhereItIs() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/cache")
            try cache.write(TokenCacheTests.tokens, audience: "another.example", alias: "side")
            try cache.write(TokenCacheTests.tokens, audience: Self.audience)
            let listed = try #require(cache.list().first { $0.alias == "side" })
            #expect(listed.audience == Self.audience)
            #expect(
                try cache.remove(listed)
                    == ["oidc-token", "refresh-token"].map {
                        "\(cache.folder)/another.example/side/\($0)"
                    })
            #expect(cache.list().map(\.alias) == [nil])
            #expect(!FileManager.default.fileExists(atPath: "\(cache.folder)/another.example"))
        }
    }
}

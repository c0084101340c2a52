import AWSCaller
import FoundationEssentials
import Testing

@testable import Chainguard

@Suite struct TokenCacheTests {
    static let audience = "https://console-api.enforce.dev"
    static let tokens = IssuedTokens(
        token: Secret(Example.jwt(#"{"sub":"s","aud":["https://console-api.enforce.dev"],"exp":1785589200}"#)),
        refreshToken: Secret(Data(#"{"exp":1785999999}"#.utf8).base64EncodedString()))

    static func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    static func contents(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func liesWhereChainctlLooks() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/new/chainguard")
            try cache.write(Self.tokens, audience: Self.audience)
            let leaf = "\(folder)/new/chainguard/https:--console-api.enforce.dev"
            #expect(Self.contents("\(leaf)/oidc-token") == Self.tokens.token.reveal())
            #expect(Self.contents("\(leaf)/refresh-token") == Self.tokens.refreshToken?.reveal())
            #expect(Self.mode("\(leaf)/oidc-token") == 0o600)
            #expect(Self.mode("\(leaf)/refresh-token") == 0o600)
            for made in ["\(folder)/new", "\(folder)/new/chainguard", leaf] { #expect(Self.mode(made) == 0o700) }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: leaf).sorted() == ["oidc-token", "refresh-token"])
        }
    }

    @Test func readsWhatItWrote() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            #expect(try cache.read(audience: Self.audience) == nil)
            try cache.write(Self.tokens, audience: Self.audience)
            let token = try #require(try cache.read(audience: Self.audience))
            #expect(token.token == Self.tokens.token)
            #expect(token.refreshToken == Self.tokens.refreshToken)
            #expect(token.claims?.subject == "s")
            #expect(token.refreshExpiry == Date(timeIntervalSince1970: 1_785_999_999))
            #expect(!token.looseMode)
            #expect(!token.isExpired(at: Example.now))
            #expect(token.isExpired(at: Date(timeIntervalSince1970: 1_785_589_200)))
        }
    }

    @Test func aTokenWithoutRefreshDropsTheOldOne() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(Self.tokens, audience: Self.audience)
            try cache.write(IssuedTokens(token: Secret("other")), audience: Self.audience)
            let token = try #require(try cache.read(audience: Self.audience))
            #expect(token.token.reveal() == "other")
            #expect(token.refreshToken == nil)
        }
    }

    @Test func aliasesStandBesideEachOther() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(Self.tokens, audience: Self.audience)
            try cache.write(IssuedTokens(token: Secret("ci-token")), audience: Self.audience, alias: "ci")
            #expect(Self.contents("\(folder)/https:--console-api.enforce.dev/ci/oidc-token") == "ci-token")
            let list = cache.list()
            #expect(list.map(\.alias) == [nil, "ci"])
            #expect(list.map(\.audience) == [Self.audience, "https:--console-api.enforce.dev"])
        }
    }

    @Test func removingLeavesNoEmptyFolders() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            let leaf = "\(folder)/https:--console-api.enforce.dev"
            try cache.write(Self.tokens, audience: Self.audience)
            try cache.write(Self.tokens, audience: Self.audience, alias: "ci")
            #expect(
                try cache.remove(audience: Self.audience) == ["\(leaf)/oidc-token", "\(leaf)/refresh-token"])
            #expect(try cache.read(audience: Self.audience, alias: "ci") != nil)
            try cache.remove(audience: Self.audience, alias: "ci")
            #expect(!Self.exists(leaf))
            #expect(try cache.remove(audience: Self.audience) == [])
        }
    }

    @Test func linksAreNotFollowed() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: "\(folder)/cache")
            try cache.write(Self.tokens, audience: "a")
            let path = "\(folder)/cache/a/oidc-token"
            try FileManager.default.moveItem(atPath: path, toPath: "\(folder)/elsewhere")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "\(folder)/elsewhere")
            let reading = await failure { _ = try cache.read(audience: "a") }
            #expect(reading?.what.contains("is a link") == true)
            let writing = await failure { try cache.write(IssuedTokens(token: Secret("x")), audience: "a") }
            #expect(writing?.what.contains("is a link") == true)
            #expect(Self.contents("\(folder)/elsewhere") == Self.tokens.token.reveal())
            #expect(cache.list().isEmpty)
        }
    }

    @Test func looseModesAreReportedAndTightened() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(Self.tokens, audience: "a")
            let path = "\(folder)/a/refresh-token"
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(try cache.read(audience: "a")?.looseMode == true)
            try cache.write(Self.tokens, audience: "a")
            #expect(try cache.read(audience: "a")?.looseMode == false)
        }
    }

    @Test func aFailedWriteKeepsTheOldToken() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try FileManager.default.createDirectory(atPath: "\(folder)/a/oidc-token", withIntermediateDirectories: true)
            let refused = await failure { try cache.write(IssuedTokens(token: Secret("x")), audience: "a") }
            #expect(refused?.what.contains("no plain file") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/a") == ["oidc-token"])
            try FileManager.default.createDirectory(
                atPath: "\(folder)/b/refresh-token", withIntermediateDirectories: true)
            try PrivateFile.write(Array("old".utf8), to: "\(folder)/b/oidc-token")
            let refusedToo = await failure { try cache.write(Self.tokens, audience: "b") }
            #expect(refusedToo?.what.contains("no plain file") == true)
            #expect(Self.contents("\(folder)/b/oidc-token") == "old")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(folder)/b").sorted()
                    == ["oidc-token", "refresh-token"])
        }
    }

    @Test(arguments: ["..", "a/b", "", "refresh-token", "a\nb"])
    func aliasesThatAreNoFolderNamesAreRefused(alias: String) async {
        let refused = await failure { _ = try TokenCache(folder: "/nowhere").read(audience: "a", alias: alias) }
        #expect(refused?.category == .usage)
    }

    @Test func theFolderIsGosUserCacheDir() {
        #expect(TokenCache.folder(environment: Environment(["XDG_CACHE_HOME": "/c", "HOME": "/h"])) == "/c/chainguard")
        #expect(TokenCache.folder(environment: Environment(["HOME": "/h"])) == "/h/.cache/chainguard")
        #expect(TokenCache.folder(environment: Environment()) == nil)
        #expect(TokenCache.folder(environment: Environment(["XDG_CACHE_HOME": "rel", "HOME": "/h"])) == nil)
    }
}

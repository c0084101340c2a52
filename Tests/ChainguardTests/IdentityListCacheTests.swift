import Foundation
import Testing

@testable import Chainguard

struct IdentityListCacheTests {
    private static let identities = [
        AssumableIdentity(
            uid: Example.identity(1), name: "a \"quoted\" 漢\n", description: "d",
            relationship: .aws(
                AWSRelationship(account: "123456789012", arn: .pattern("^a$"), userID: .exact("AROAX:s"))),
            created: Example.now, updated: Example.now, lastSeen: Example.now),
        AssumableIdentity(
            uid: Example.identity(2), name: "gh",
            relationship: .claimMatch(
                ClaimMatch(
                    issuer: .exact("https://x.test"), subject: .pattern("^s$"), audience: .exact("aud"),
                    claims: ["c": "1"], claimPatterns: ["d": "2"]))),
        AssumableIdentity(
            uid: Example.identity(3), name: "keys",
            relationship: .staticKeys(
                StaticKeys(issuer: "i", subject: "s", issuerKeys: "{}", expiration: Example.now, audiences: ["x"]))),
        AssumableIdentity(uid: Example.identity(4), name: "svc", relationship: .servicePrincipal("COSIGNED")),
        AssumableIdentity(uid: Example.identity(5), name: "unknown", relationship: nil),
    ]
    private static let api = "https://api.test"

    @Test func theSameListComesBackForTheSameLoginOnly() async throws {
        try await withTemporaryFolder { folder in
            let cache = IdentityListCache(folder: folder + "/cgid")
            #expect(cache.read(api: Self.api, subject: "ada") == nil)
            try cache.write(Self.identities, api: Self.api, subject: "ada", at: Example.now)
            let kept = try #require(cache.read(api: Self.api, subject: "ada"))
            #expect(kept.identities == Self.identities)
            #expect(kept.saved == Example.now)
            #expect(cache.read(api: Self.api, subject: "eve") == nil)
            #expect(cache.read(api: "https://other.test", subject: "ada") == nil)
        }
    }

    @Test func aLongListIsToldFromItsBeginning() async throws {
        try await withTemporaryFolder { folder in
            let cache = IdentityListCache(folder: folder)
            let long = (0..<1_300).map { number in
                var identity = Self.identities[0]
                identity.name = "number-\(number)"
                return identity
            }
            try cache.write(long, api: Self.api, subject: "ada", at: Example.now)
            var told: [IdentityListCache.Remembered] = []
            let kept = cache.read(api: Self.api, subject: "ada") { told.append($0) }
            #expect(told.map(\.identities.count) == [200])
            #expect(told[0].identities == Array(long.prefix(200)) && told[0].total == 1_300)
            #expect(kept?.identities == long)
        }
    }

    @Test func theFileIsThePersonsOwn() async throws {
        try await withTemporaryFolder { folder in
            let cache = IdentityListCache(folder: folder + "/cgid")
            try cache.write(Self.identities, api: Self.api, subject: "ada", at: Example.now)
            let path = try #require(Self.file(in: cache.folder))
            #expect(Self.mode(path) == 0o600)
            #expect(Self.mode(cache.folder) == 0o700)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            #expect(cache.read(api: Self.api, subject: "ada") == nil, "others could have written it")
        }
    }

    @Test(arguments: ["", "{}", "half", "\u{0}", "swapped"])
    func whatIsNotWholeIsPassedOver(_ damage: String) async throws {
        try await withTemporaryFolder { folder in
            let cache = IdentityListCache(folder: folder)
            try cache.write(Self.identities, api: Self.api, subject: "ada", at: Example.now)
            let path = try #require(Self.file(in: folder))
            let whole = try String(contentsOfFile: path, encoding: .utf8)
            let damaged =
                switch damage {
                case "half": String(whole.prefix(whole.count / 2))
                case "swapped": whole.replacingOccurrences(of: "\"ada\"", with: "\"eve\"")
                default: damage
                }
            try Data(damaged.utf8).write(to: URL(fileURLWithPath: path))
            #expect(cache.read(api: Self.api, subject: "ada") == nil)
        }
    }

    private static func file(in folder: String) -> String? {
        (try? FileManager.default.contentsOfDirectory(atPath: folder))?.first.map { "\(folder)/\($0)" }
    }

    private static func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct PlatformTests {
    private func owner(_ sandbox: Sandbox) async throws -> PlatformAPI {
        PlatformAPI(baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
    }

    private struct Page: Decodable {
        struct Item: Decodable {
            var name: String
        }
        var identities: [Item]
        var nextPageToken: String
        var totalCount: String
        var skipped: Int?

        var names: [String] { identities.map(\.name) }
    }

    private func page(_ sandbox: Sandbox, _ query: String) async throws -> HTTPResponse {
        try await sandbox.call(.get, "/iam/v2/identities?\(query)", as: try await sandbox.operatorTokens().token)
    }

    @Test func theOrganizationHoldsIdentitiesOfEveryKind() async throws {
        try await withSandbox { sandbox async throws in
            let api = try await owner(sandbox)
            let identities = try await api.identities().items
            #expect((20...25).contains(identities.count))
            #expect(Set(identities.map(\.name)).count == identities.count)
            for (kind, count) in [("aws", 12), ("claim_match", 5), ("static", 4), ("service_principal", 1)] {
                #expect(try await api.identities(IdentityQuery(relationshipType: kind)).totalCount == count)
            }
            #expect(try await api.groups().map(\.name) == ["acme.example", "platform", "payments"])
            #expect(try await api.roles(name: "image-curator").count == 2)
            #expect(try await api.roles().filter(\.isBuiltIn).contains { $0.name == "registry.push" })
            #expect(try await api.authenticatedSubject().email == "operator@acme.example")
        }
    }

    @Test func everyExampleIsTheSameInEverySandbox() async throws {
        try await withSandbox { first async throws in
            try await withSandbox { second async throws in
                #expect(
                    try await owner(first).identities().items == (try await owner(second).identities().items))
            }
        }
    }

    @Test func aLargeOrganizationIsListedWhole() async throws {
        try await withSandbox(SandboxOptions(identities: 1_234)) { sandbox async throws in
            let api = try await owner(sandbox)
            let all = try await api.allIdentities()
            #expect(all.count == 1_234)
            #expect(Set(all.map(\.uid)).count == 1_234)
            try await api.deleteIdentity(all[7].uid)
            #expect(try await api.allIdentities().map(\.uid) == all.map(\.uid).filter { $0 != all[7].uid })
        }
    }

    @Test func pagesFollowOneAnotherAndCanBeSkippedInto() async throws {
        try await withSandbox { sandbox async throws in
            let all: Page = try await page(sandbox, "page_size=200&order_by=name").decoded()
            #expect(all.nextPageToken.isEmpty)
            #expect(Int(all.totalCount) == all.names.count)
            let first: Page = try await page(sandbox, "page_size=5&order_by=name").decoded()
            let token = first.nextPageToken.replacing("=", with: "%3D").replacing("+", with: "%2B")
            let second: Page = try await page(sandbox, "page_size=5&order_by=name&page_token=\(token)").decoded()
            #expect(first.names + second.names == Array(all.names.prefix(10)))
            let third: Page = try await page(sandbox, "pageSize=5&order_by=name&skip=10").decoded()
            #expect(third.names == Array(all.names[10..<15]))
            #expect(third.skipped == 10)
            #expect(try await page(sandbox, "page_size=5&order_by=uid&page_token=\(token)").rpc?.code == 3)
            #expect(try await page(sandbox, "page_token=x").rpc?.code == 3)
            #expect(try await page(sandbox, "page_size=-1").rpc?.code == 3)
        }
    }

    @Test func listsAreNarrowedAndOrdered() async throws {
        try await withSandbox { sandbox async throws in
            let api = try await owner(sandbox)
            let groups = try await api.groups()
            let root = try #require(groups.first { $0.uid.isRoot }).uid
            let platform = try #require(groups.first { $0.name == "platform" }).uid
            let below: Page = try await page(sandbox, "uidp.descendants_of=\(platform)&order_by=name").decoded()
            #expect(below.names == ["deployer", "github-any-release", "onprem-cluster", "staging-builder"])
            let direct: Page = try await page(sandbox, "uidp.children_of=\(root)&page_size=200").decoded()
            #expect(!direct.names.contains("deployer") && direct.names.contains("image-builder"))
            let down: Page = try await page(sandbox, "uidp.descendants_of=\(platform)&order_by=name%20desc").decoded()
            #expect(down.names == below.names.reversed())
            let named: Page = try await page(sandbox, "name=legacy-ci").decoded()
            #expect(named.names == ["legacy-ci"])
            #expect(try await page(sandbox, "order_by=secret").rpc?.code == 3)
            #expect(try await page(sandbox, "relationship_type=x").rpc?.code == 3)
            #expect(try await page(sandbox, "uidp.children_of=x").rpc?.code == 3)
        }
    }

    @Test func anIdentityIsCreatedReadChangedAndDeleted() async throws {
        try await withSandbox { sandbox async throws in
            let api = try await owner(sandbox)
            let root = try await sandbox.identity("image-builder").root
            let aws = AWSRelationship(
                account: "123456789012", arn: .pattern("^arn:aws:sts::123456789012:assumed-role/image-builder/(.+)$"),
                userID: .pattern("^AROA[A-Z0-9]+:(.+)$"))
            let made = try await api.createIdentity(
                NewIdentity(name: "from a test", description: "here", relationship: .aws(aws)), in: root)
            #expect(made.uid.parent == root)
            #expect(made.created == noon)
            #expect(try await api.identity(made.uid) == made)
            let pull = try #require(try await api.roles(name: "registry.pull").first)
            _ = try await api.bind(identity: made.uid, role: pull, at: root)
            let token = try await sandbox.login(as: "from a test").token
            let mine = PlatformAPI(baseURL: sandbox.endpoints.api, token: token, transport: http)
            #expect(try await mine.repositories().count == 13)
            #expect(try await api.identity(made.uid).lastSeen == noon)
            let renamed = try await sandbox.call(
                .patch, "/iam/v2/identities/\(made.uid)?update_mask=description",
                as: try await sandbox.operatorTokens().token,
                body: "{\"name\": \"left alone\", \"description\": \"there\"}")
            #expect(renamed.text.contains("\"description\":\"there\"") && renamed.text.contains("\"from a test\""))
            try await api.deleteIdentity(made.uid)
            #expect(try await api.roleBindings(identity: made.uid).isEmpty)
            #expect(try await sandbox.call(.get, "/auth/v1/ok", as: token).status == 200)
            #expect(try await sandbox.call(.get, "/registry/v1/repos", as: token).status == 403)
            await #expect(throws: Failure.self) { try await api.identity(made.uid) }
        }
    }

    @Test(arguments: [
        ("{\"name\": \"Upper\", \"awsIdentity\": AWS}", 3, "name"),
        ("{\"name\": \"ab\", \"awsIdentity\": AWS}", 3, "3 to 63"),
        ("{\"name\": \"two\\nlines\", \"awsIdentity\": AWS}", 3, "name"),
        ("{\"name\": \"good\", \"description\": \"a\\tb\", \"awsIdentity\": AWS}", 3, "description"),
        ("{\"name\": \"good\"}", 3, "exactly one"), ("{\"name\": ", 3, "JSON"), ("[]", 3, "JSON"),
        ("{\"name\": \"good\", \"servicePrincipal\": \"A\", \"awsIdentity\": AWS}", 3, "exactly one"),
        (
            "{\"name\": \"good\", \"awsIdentity\": {\"awsAccount\": \"12345678901\", \"arn\": \"a\", \"userId\": \"b\"}}",
            3, "12 digits"
        ),
        (
            "{\"name\": \"good\", \"awsIdentity\": {\"awsAccount\": \"123456789012\", \"arn\": \"a\"}}", 3,
            "userIdPattern"
        ),
        (
            "{\"name\": \"good\", \"aws_identity\": {\"aws_account\": \"123456789012\", \"arn_pattern\": \"(\", \"user_id\": \"b\"}}",
            3, "missing closing )"
        ),
        ("{\"name\": \"image-builder\", \"awsIdentity\": AWS}", 6, "exists"),
        ("{\"name\": \"good\", \"unknown\": [1], \"description\": null, \"aws_identity\": AWS}", 0, ""),
    ])
    func whatAnIdentityMustBeLikeIsChecked(body: String, code: Int, words: String) async throws {
        try await withSandbox { sandbox async throws in
            let root = try await sandbox.identity("image-builder").root
            let aws = "{\"aws_account\": \"123456789012\", \"arnPattern\": \"x\", \"arn\": \"\", \"userId\": \"b\"}"
            let answer = try await sandbox.call(
                .post, "/iam/v2/identities/\(root)", as: try await sandbox.operatorTokens().token,
                body: body.replacing("AWS", with: aws))
            #expect((answer.rpc?.code ?? 0) == code, "\(answer.text)")
            if !words.isEmpty { #expect(answer.rpc?.message.contains(words) == true, "\(answer.text)") }
        }
    }

    @Test func tagsLeaveOutDatesAndReferrersWhenAsked() async throws {
        try await withSandbox { sandbox async throws in
            let api = try await owner(sandbox)
            let python = try #require(try await api.repositories().first { $0.name == "python" })
            let tags = try await api.tags(of: python.id)
            #expect(tags.contains { $0.name == "latest" } && tags.contains { $0.name == "3.13" })
            #expect(!tags.contains { $0.name.hasPrefix("sha256-") || $0.name.hasSuffix("-20260801") })
            let latest = try #require(tags.first { $0.name == "latest" })
            #expect(latest.digest.hasPrefix("sha256:") && latest.digest.utf8.count == 71)
            #expect(tags.first { $0.name == "3.14.2" }?.digest == latest.digest)
            let all = try await sandbox.call(
                .get, "/registry/v1/tags?uidp.children_of=\(python.id)", as: try await sandbox.operatorTokens().token)
            #expect(all.text.contains("3.14.2-20260801") && all.text.contains(".sig"))
        }
    }

    @Test func anUnknownCallIsNotFound() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.operatorTokens().token
            #expect(try await sandbox.call(.get, "/iam/v3/identities", as: token).rpc?.code == 5)
            #expect(try await sandbox.call(.put, "/iam/v2/identities", as: token).rpc?.code == 5)
            let odd = try await sandbox.call(.get, "/iam/v2/identities/not%20one", as: token)
            #expect(odd.rpc?.code == 3, "\(odd.status) \(odd.text)")
        }
    }
}

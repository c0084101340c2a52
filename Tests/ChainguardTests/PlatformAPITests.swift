import AWSCaller
import FoundationEssentials
import Testing
import Transport

@testable import Chainguard

@Suite struct PlatformAPITests {
    func api(_ script: @escaping @Sendable (HTTPRequest, Int) -> ScriptedService.Answer) -> (
        PlatformAPI, ScriptedService
    ) {
        let service = ScriptedService(script)
        let api = PlatformAPI(
            baseURL: "https://api.test/", token: Example.personToken, transport: service, retry: Pauses().policy())
        return (api, service)
    }

    @Test func identitiesAreReadInBothSpellings() async throws {
        let (api, service) = api { _, _ in
            .json(
                #"""
                {"identities": [
                  {"uid": "\#(Example.identity(1))", "name": "one", "description": null, "createTime": "2026-08-01T12:00:00.123456789Z",
                   "awsIdentity": {"awsAccount": "012345678901", "arnPattern": "^a$", "userId": "AIDA"}, "new": {"x": []}},
                  {"id": "\#(Example.identity(2))", "name": "two", "created_at": "2026-08-01T12:00:00Z", "last_seen_time": "2026-08-02T00:00:00+02:00",
                   "aws_identity": {"aws_account": "012345678901", "arn": "arn", "user_id_pattern": "^x"}},
                  {"uid": "\#(Example.identity(3))", "claim_match": {"issuer": "https://i", "subjectPattern": ".*", "audience": "",
                   "claims": {"snake_key": "v"}, "claim_patterns": {"k": "p"}}},
                  {"uid": "\#(Example.identity(4))", "static": {"issuer": "i", "subject": "s", "expiration": "2020-01-01T00:00:00Z", "audiences": ["a"]}},
                  {"uid": "\#(Example.identity(5))", "servicePrincipal": 3},
                  {"uid": "\#(Example.identity(6))"}
                ], "nextPageToken": "more", "totalCount": "12345678901"}
                """#)
        }
        let page = try await api.identities(
            IdentityQuery(descendantsOf: Example.root, name: "a&b"), pageSize: 5_000, pageToken: "t", skip: 10)
        #expect(page.totalCount == 12_345_678_901)
        #expect(page.nextPageToken == "more")
        #expect(page.items.map(\.name) == ["one", "two", "", "", "", ""])
        #expect(
            page.items.map(\.relationship) == [
                .aws(AWSRelationship(account: "012345678901", arn: .pattern("^a$"), userID: .exact("AIDA"))),
                .aws(AWSRelationship(account: "012345678901", arn: .exact("arn"), userID: .pattern("^x"))),
                .claimMatch(
                    ClaimMatch(
                        issuer: .exact("https://i"), subject: .pattern(".*"), claims: ["snake_key": "v"],
                        claimPatterns: ["k": "p"])),
                .staticKeys(
                    StaticKeys(
                        issuer: "i", subject: "s", expiration: Timestamp.parse("2020-01-01T00:00:00Z"), audiences: ["a"]
                    )),
                .servicePrincipal("3"), nil,
            ])
        #expect(page.items[1].created == Timestamp.parse("2026-08-01T12:00:00Z"))
        #expect(page.items[1].lastSeen == Timestamp.parse("2026-08-01T22:00:00Z"))
        let request = try #require(service.requests.first)
        #expect(request.path == "/iam/v2/identities")
        #expect(request.values("page_size") == ["200"])
        #expect(request.values("skip") == ["10"])
        #expect(request.values("page_token") == ["t"])
        #expect(request.values("uidp.descendants_of") == [Example.root.text])
        #expect(request.values("name") == ["a&b"])
    }

    @Test func refusalsNameCapabilityAndPerson() async {
        let (api, _) = api { _, _ in .refusal(403, .permissionDenied, "missing permissions") }
        let refused = await failure { _ = try await api.identities() }
        #expect(refused?.category == .notAllowed)
        #expect(refused?.what == "a@example.com may not list identities")
        #expect(refused?.remedy.contains("identity.list") == true)
        #expect(refused?.detail == "missing permissions (PermissionDenied)")
    }

    @Test func anExpiredTokenSaysSignInAgain() async {
        let (api, service) = api { _, _ in .json("", status: 401) }
        let refused = await failure { _ = try await api.roles() }
        #expect(refused?.category == .notAllowed)
        #expect(refused?.remedy.contains("Sign in again") == true)
        #expect(refused?.remedy.contains("roles.list") == true)
        #expect(service.requests.count == 1)
    }

    @Test(arguments: ["", "{", "[]", "null", #"{"identities":[{"uid":"short"}]}"#])
    func badAnswersAreNamed(body: String) async {
        let (api, _) = api { _, _ in .json(body) }
        let failure = await failure { _ = try await api.identities() }
        #expect(failure?.what == "Chainguard's API answered something that is not a list of identities")
        #expect(failure?.detail.isEmpty == false)
    }

    @Test func readingIsTriedAgainChangingIsNot() async {
        let (api, service) = api { _, _ in .json("", status: 503) }
        _ = try? await api.groups()
        #expect(service.requests.count == 3)
        _ = try? await api.deleteIdentity(Example.identity(1))
        #expect(service.requests.count == 4)
    }

    @Test func changesAreSentAsDocumented() async throws {
        let (api, service) = api { _, _ in .json(#"{"uid":"\#(Example.identity(9))","name":"n"}"#) }
        let aws = AWSRelationship(account: "012345678901", arn: .pattern("^\"$"), userID: .exact("AIDA"))
        let new = NewIdentity(name: "n", description: "d", relationship: .aws(aws))
        _ = try await api.createIdentity(new, in: Example.root)
        _ = try await api.updateIdentity(Example.identity(9), IdentityPatch(description: "", relationship: .aws(aws)))
        try await api.deleteIdentity(Example.identity(9))
        #expect(
            service.paths == [
                "POST /iam/v2/identities/\(Example.root)", "PATCH /iam/v2/identities/\(Example.identity(9))",
                "DELETE /iam/v2/identities/\(Example.identity(9))",
            ])
        let bodies = service.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(
            bodies[0]
                == #"{"name":"n","description":"d","awsIdentity":{"awsAccount":"012345678901","arnPattern":"^\"$","userId":"AIDA"}}"#
        )
        #expect(
            bodies[1]
                == #"{"description":"","awsIdentity":{"awsAccount":"012345678901","arnPattern":"^\"$","userId":"AIDA"}}"#
        )
        #expect(bodies[2].isEmpty)
        #expect(service.requests[1].url.hasSuffix("?update_mask=description%2Caws_identity"))
    }

    @Test func bindingsAreReadAndMade() async throws {
        let uid = "\(Example.root)/00000000000000bb"
        let (api, service) = api { request, _ in
            request.method == .post
                ? .json(
                    #"{"uid":"\#(uid)","identityUid":"\#(Example.identity(1))","roleUid":"\#(Example.viewer.uid)"}"#)
                : .json(
                    #"""
                    {"roleBindings":[{"uid":"\#(uid)","identity":{"uid":"\#(Example.identity(1))","name":"i"},
                    "group":{"uid":"\#(Example.root)","name":"g"},"role":{"uid":"\#(Example.viewer.uid)","name":"viewer"}}]}
                    """#)
        }
        let listed = try await api.roleBindings(identity: Example.identity(1))
        #expect(listed.map(\.role.name) == ["viewer"])
        #expect(service.requests[0].values("identity") == [Example.identity(1).text])
        let made = try await api.bind(identity: Example.identity(1), role: Example.viewer, at: Example.root)
        #expect(made.group.uid == Example.root)
        #expect(made.identity.uid == Example.identity(1))
        #expect(
            String(decoding: service.requests[1].body, as: UTF8.self)
                == #"{"identityUid":"\#(Example.identity(1))","roleUid":"\#(Example.viewer.uid)"}"#)
    }

    @Test func builtInRolesComeFirstOverAllPages() async throws {
        let (api, service) = api { request, _ in
            request.values("page_token").isEmpty
                ? .json(#"{"roles":[{"uid":"\#(Example.identity(7))","name":"viewer"}],"nextPageToken":"2"}"#)
                : .json(#"{"roles":[{"uid":"\#(Example.viewer.uid)","name":"viewer","capabilities":["a"]}]}"#)
        }
        let roles = try await api.roles(name: "viewer")
        #expect(roles.map(\.isBuiltIn) == [true, false])
        #expect(roles.first?.capabilities == ["a"])
        #expect(service.requests.count == 2)
    }

    @Test func registryAndSubject() async throws {
        let (api, service) = api { request, _ in
            switch request.path {
            case "/registry/v1/repos":
                .json(#"{"items":[{"id":"\#(Example.identity(1))","name":"nginx","catalogTier":"APPLICATION"}]}"#)
            case "/registry/v1/tags":
                .json(
                    #"{"items":[{"id":"\#(Example.identity(2))","name":"latest","digest":"sha256:0","deprecated":true}]}"#
                )
            default:
                .json(
                    #"{"issuer":"i","subject":"s","audience":["a"],"expiry":"2026-08-01T13:00:00Z","capabilities":[{"group":"g","role":"r","capabilities":["c"]}]}"#
                )
            }
        }
        #expect(try await api.repositories(in: Example.root).map(\.name) == ["nginx"])
        #expect(try await api.tags(of: Example.identity(1)).first?.deprecated == true)
        let subject = try await api.authenticatedSubject()
        #expect(subject.granted == [GrantedCapabilities(group: "g", role: "r", capabilities: ["c"])])
        #expect(service.requests[0].values("uidp.descendants_of") == [Example.root.text])
        #expect(service.requests[1].values("uidp.children_of") == [Example.identity(1).text])
        #expect(service.requests[2].path == "/auth/v1/ok")
    }

    @Test func jsonThatEndsWronglySaysWhere() {
        for text in ["{\"a\":1,}", "[1 2]", "\"\\x\"", "01a", "tru", "\"\u{1}\"", String(repeating: "[", count: 100)] {
            #expect(throws: JSONReadingError.self, "\(text)") { try JSONValue(reading: Array(text.utf8)) }
        }
        #expect((try? JSONValue(reading: Array(#""\ud83d\ude00\u00e9\ud800""#.utf8))) == .string("😀é\u{FFFD}"))
        #expect(JSONValue.string("\u{7}\u{9b}").compact == #""\u0007\u009b""#)
    }
}

@Suite struct PagingTests {
    /// Serves `uids` in pages, by `skip` or by a token that is an offset.
    static func serve(
        _ uids: [UIDP], total: Int?, limit: Int = 200, failAt: Int? = nil
    ) -> @Sendable (HTTPRequest, Int) -> ScriptedService.Answer {
        { request, _ in
            let size = min(Int(request.values("page_size")[0])!, limit)
            let skip = Int(request.values("skip").first ?? request.values("page_token").first ?? "0")!
            if let failAt, skip >= failAt { return .refusal(403, .permissionDenied, "no more") }
            let items = uids.dropFirst(skip).prefix(size).map { #"{"uid":"\#($0)","name":"n"}"# }
            let next = skip + size < uids.count ? #","nextPageToken":"\#(skip + size)""# : ""
            let count = total.map { #","totalCount":"\#($0)""# } ?? ""
            return .json(#"{"identities":[\#(items.joined(separator: ","))]\#(next)\#(count)}"#)
        }
    }

    func list(
        _ service: ScriptedService, pageSize: Int = 10, progress: Record<[Int]> = Record()
    ) async throws -> [UIDP] {
        let api = PlatformAPI(
            baseURL: "https://api.test", token: Example.personToken, transport: service, retry: Pauses().policy())
        return try await api.allIdentities(pageSize: pageSize) { loaded, total, beginning in
            progress.add([loaded, total, beginning.count])
        }.map(\.uid)
    }

    @Test func pagesComeSideBySideAndKeepTheirOrder() async throws {
        let uids = (0..<205).map(Example.identity)
        let service = ScriptedService(Self.serve(uids, total: 205))
        let progress = Record<[Int]>()
        #expect(try await list(service, progress: progress) == uids)
        #expect(service.requests.count == 21)
        #expect(service.peak > 1)
        #expect(service.peak <= 8)
        #expect(progress.all.first == [10, 205, 10])
        #expect(progress.all.count == 21)
        #expect(progress.all.map { $0[0] } == progress.all.map { $0[0] }.sorted())
        #expect(progress.all.last?[0] == 205)
    }

    @Test func withoutATotalTheTokensLead() async throws {
        let uids = (0..<35).map(Example.identity)
        let service = ScriptedService(Self.serve(uids, total: nil))
        #expect(try await list(service) == uids)
        #expect(service.peak == 1)
    }

    @Test func whatSlipsIntoTwoPagesIsThereOnce() async throws {
        let uids = (0..<20).map(Example.identity) + (15..<40).map(Example.identity)
        let service = ScriptedService(Self.serve(uids, total: 45))
        #expect(try await list(service) == (0..<40).map(Example.identity))
    }

    @Test func whatIsAddedMeanwhileIsFetchedToo() async throws {
        let uids = (0..<45).map(Example.identity)
        let service = ScriptedService(Self.serve(uids, total: 30))
        #expect(try await list(service) == uids)
    }

    @Test func smallerPagesThanAskedForLeaveNoGaps() async throws {
        let uids = (0..<45).map(Example.identity)
        let service = ScriptedService(Self.serve(uids, total: 45, limit: 7))
        #expect(try await list(service) == uids)
    }

    @Test func aFailingPageIsTheFailure() async {
        let service = ScriptedService(Self.serve((0..<100).map(Example.identity), total: 100, failAt: 50))
        let failure = await failure { _ = try await list(service) }
        #expect(failure?.category == .notAllowed)
    }

    @Test func cancellingEndsIt() async {
        let service = ScriptedService(Self.serve((0..<100).map(Example.identity), total: 100))
        let task = Task { await failure { _ = try await list(service) } }
        task.cancel()
        #expect(await task.value?.category == .cancelled)
    }

    @Test func aTokenThatLeadsNowhereIsNotFollowedForever() async {
        let (page, service) = (#"{"roles":[],"nextPageToken":"x"}"#, Record<Void>())
        let transport = ScriptedService { _, _ in
            service.add(())
            return .json(page)
        }
        let api = PlatformAPI(baseURL: "https://api.test", token: Secret("t"), transport: transport)
        let failure = await failure { _ = try await api.roles() }
        #expect(failure?.detail == "the same page twice")
        #expect(service.all.count == 2)
    }
}

@Suite struct TimestampTests {
    @Test(arguments: [
        "1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2026-08-01T12:00:00Z", "2100-01-01T00:00:00Z",
    ])
    func formatsWhatItParses(text: String) throws {
        #expect(Timestamp.format(try #require(Timestamp.parse(text))) == text)
    }

    @Test func dropsFractions() throws {
        #expect(Timestamp.format(try #require(Timestamp.parse("2026-08-01T12:00:00.999Z"))) == "2026-08-01T12:00:00Z")
    }
}

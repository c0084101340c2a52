import AWSCaller
import Chainguard
import Foundation
import Testing

struct FederationDraftTests {
    private static let issuer = "https://0f1e2d3c-0000-4000-8000-000000000001.tokens.sts.global.api.aws"
    private static let draft = IdentityDraft(
        kind: .federation, name: "ci-deploy", parent: Example.group, roles: [Example.viewer],
        federation: .init(issuer: issuer, subject: "arn:aws:iam::123456789012:role/ci/deploy"))

    @Test func itLetsInOneIssuerAndSubject() throws {
        #expect(Self.draft.problems().isEmpty)
        guard case .claimMatch(let claims) = Self.draft.relationship else {
            Issue.record("no claim match")
            return
        }
        #expect(claims.isOutboundFederation && claims.warnings().isEmpty)
        #expect(claims.verdict(issuer: Self.issuer, subject: "arn:aws:iam::123456789012:role/ci/deploy").matches)
        let other = claims.verdict(issuer: Self.issuer, subject: "arn:aws:iam::123456789012:role/deploy")
        #expect(!other.matches && other.fields.map(\.matches) == [true, false])
    }

    @Test(arguments: [
        ("http://x.test", "arn:aws:iam::123456789012:role/x", IdentityDraft.Field.issuer),
        ("https://x.test/", "arn:aws:iam::123456789012:role/x", .issuer), ("", "s", .issuer),
        (issuer, "arn:aws:sts::123456789012:assumed-role/x/s", .subject), (issuer, "x", .subject),
        ("https://x.test", "", .subject),
        ("https://UUID.tokens.sts.global.api.aws", "arn:aws:iam::123456789012:role/x", .issuer),
        ("https://x.0f1e2d3c-0000-4000-8000-000000000001.tokens.sts.global.api.aws", "s", .issuer),
    ])
    func eachRuleIsNamed(_ issuer: String, _ subject: String, _ field: IdentityDraft.Field) {
        var draft = Self.draft
        draft.federation = .init(issuer: issuer, subject: subject)
        #expect(draft.problem(field) != nil)
    }

    @Test func anyOtherIssuerHasSubjectsOfItsOwn() {
        var draft = Self.draft
        draft.federation = .init(issuer: "https://token.actions.githubusercontent.com", subject: "repo:acme/x")
        #expect(draft.problems().isEmpty)
        #expect(draft.warnings().count == 1 && draft.warnings()[0].contains("outbound federation"))
        #expect(draft.relationship.warnings().isEmpty, "an identity may trust any issuer")
        #expect(Self.draft.warnings().isEmpty)
    }

    @Test(arguments: [
        ("arn:aws:iam::123456789012:role/ci/deploy", "lets this caller in"),
        ("arn:aws:iam::123456789012:role/other", "does not let this caller in: Subject differs"), (nil, nil),
    ])
    func theTokenOfTheCallerIsTriedAgainstIt(_ subject: String?, _ detail: String?) async throws {
        let updates = Record<IdentityCreation.StepUpdate>()
        var caller = CallerValues(Example.caller)
        caller.token = subject.map { .init(issuer: Self.issuer, subject: $0) }
        let creation = IdentityCreation(
            api: FakeAPI().api(), draft: Self.draft, caller: caller, retry: Pauses().policy(), now: { Example.now })
        let created = try await creation.run { updates.add($0) }
        let verdict = Self.draft.relationship.verdict(for: caller)
        #expect(created.verdict == verdict && (verdict == nil) == (subject == nil))
        #expect(updates.all.last?.state == detail.map { .done($0) } ?? .skipped)
    }

    @Test func theRecipesSayTheSame() {
        #expect(
            Recipes.chainctl(Self.draft) == """
                chainctl iam identities create ci-deploy \\
                  --identity-issuer=\(Self.issuer) \\
                  --subject=arn:aws:iam::123456789012:role/ci/deploy \\
                  --parent=\(Example.root) \\
                  --role=viewer

                """)
        #expect(Recipes.terraform(Self.draft).contains("  claim_match {\n    issuer  = \"\(Self.issuer)\""))
    }

    @Test func widePatternsOfClaimsAreWarnedOf() {
        let claims = ClaimMatch(issuer: .exact("https://x.test"), subject: .pattern("repo:acme"))
        #expect(claims.warnings().count == 2)
        #expect(
            ClaimMatch(issuer: .exact("x"), subject: .pattern("(?=a)")).warnings().first?.contains("illegal") == true)
    }

    @Test func aKeptDraftIsForItsAPIOnly() async throws {
        try await withTemporaryFolder { folder in
            let store = DraftStore(folder: folder + "/cgid")
            #expect(store.read(api: "https://api.test") == nil)
            let kept = KeptDraft(api: "https://api.test", draft: Self.draft, saved: Example.now)
            try store.write(kept)
            #expect(store.read(api: "https://api.test") == kept)
            #expect(store.read(api: "https://other.test") == nil)
            let path = folder + "/cgid/draft.json"
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            try Data("{".utf8).write(to: URL(fileURLWithPath: path))
            #expect(store.read(api: "https://api.test") == nil)
            try store.remove()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }
}

import AWSCaller
import Testing

@testable import Chainguard

@Suite struct DraftTests {
    static let good = IdentityDraft(
        account: "012345678901", iamName: "ci.build+x", uniqueID: "AROAEXAMPLEEXAMPLE00", name: "ci",
        parent: Example.group)

    static let mistakes: [(IdentityDraft.Field, String, String)] = [
        (.partition, "aws-moon", "The partition is one of"), (.account, "12345678901", "12 digits"),
        (.account, "12345678901x", "12 digits"), (.account, "１２３４５６７８９０１２", "12 digits"),
        (.iamName, "", "Give the role's name"),
        (.iamName, "a b", "not “ ”"), (.iamName, "path/name", "without ARN or path"), (.iamName, "é", "not “é”"),
        (.iamName, String(repeating: "a", count: 65), "at most 64"),
        (.uniqueID, "AIDAEXAMPLEEXAMPLE00", "begins with AROA"),
        (.uniqueID, "AROA", "16 to 128"), (.uniqueID, "AROAexampleexample00", "16 to 128"), (.name, "ab", "3 to 63"),
        (.name, String(repeating: "a", count: 64), "3 to 63"), (.name, "Ci.x", "not “C”"), (.name, "a/b", "not “/”"),
        (.description, "a\nb", "no line breaks"), (.description, String(repeating: "a", count: 513), "at most 512"),
    ]

    static func set(_ field: IdentityDraft.Field, _ value: String, in draft: inout IdentityDraft) {
        switch field {
        case .partition: draft.partition = value
        case .account: draft.account = value
        case .iamName: draft.iamName = value
        case .path: draft.path = value
        case .uniqueID: draft.uniqueID = value
        case .issuer: draft.federation = .init(issuer: value, subject: draft.federation?.subject ?? "")
        case .subject: draft.federation = .init(issuer: draft.federation?.issuer ?? "", subject: value)
        case .name: draft.name = value
        case .description: draft.description = value
        case .parent, .roles: break
        }
    }

    @Test(arguments: mistakes)
    func mistakesNameTheRule(field: IdentityDraft.Field, value: String, rule: String) async {
        var draft = Self.good
        draft.name = "ci build"
        #expect(draft.problems().isEmpty)
        Self.set(field, value, in: &draft)
        #expect(draft.problem(field)?.contains(rule) == true, "\(String(describing: draft.problem(field)))")
        #expect(draft.problems().count == 1)
        let refused = await failure { [draft] in _ = try draft.requestJSON() }
        #expect(refused?.category == .usage)
    }

    @Test(arguments: [("x/", false), ("/x", false), ("/a b/", false), ("/", true), ("", true), ("/a/b.c/", true)])
    func aUsersPath(path: String, isRight: Bool) {
        var draft = Self.good
        #expect(draft.problem(.path) == nil)
        draft.kind = .user
        draft.path = path
        #expect((draft.problem(.path) == nil) == isRight)
    }

    @Test func parentAndRolesAreChecked() {
        var draft = Self.good
        draft.parent = nil
        draft.roles = [Example.viewer, Example.viewer]
        #expect(draft.problem(.parent) != nil)
        #expect(draft.problem(.roles) == "The role viewer is chosen twice")
    }

    @Test func aRoleCallersDraftLetsTheCallerIn() throws {
        let draft = IdentityDraft(from: Example.caller)
        #expect(draft.kind == .role)
        #expect(draft.iamName == "ci.build")
        #expect(draft.uniqueID == "AROAEXAMPLEEXAMPLE00")
        #expect(draft.name == "ci.build")
        #expect(draft.awsRelationship?.arn == .pattern(#"^arn:aws:sts::012345678901:assumed-role/ci\.build/(.+)$"#))
        #expect(draft.awsRelationship?.verdict(for: CallerValues(Example.caller)).matches == true)
        var other = Example.caller
        other.arn.resource = "assumed-role/cixbuild/i-0abc"
        #expect(draft.awsRelationship?.verdict(for: CallerValues(other)).matches == false)
    }

    @Test func aUserCallersDraftLetsTheCallerIn() throws {
        let caller = CallerIdentity(
            account: "012345678901", arn: ARN("arn:aws-cn:iam::012345678901:user/team/a/Eve")!,
            userID: "AIDAEXAMPLEEXAMPLE00")
        var draft = IdentityDraft(from: caller)
        #expect(draft.kind == .user)
        #expect(draft.path == "/team/a/")
        #expect(draft.name == "eve")
        #expect(draft.awsRelationship?.userID == .exact("AIDAEXAMPLEEXAMPLE00"))
        #expect(draft.awsRelationship?.verdict(for: CallerValues(caller)).matches == true)
        draft.uniqueID = ""
        #expect(draft.awsRelationship?.userID == .pattern("^AIDA[A-Z0-9]+$"))
        #expect(draft.awsRelationship?.verdict(for: CallerValues(caller)).matches == true)
    }

    @Test func rootHasNoSafeDraft() {
        let root = CallerIdentity(
            account: "012345678901", arn: ARN("arn:aws:iam::012345678901:root")!, userID: "012345678901")
        #expect(IdentityDraft(from: root).iamName.isEmpty)
        #expect(IdentityDraft(from: root).account == "012345678901")
    }
}

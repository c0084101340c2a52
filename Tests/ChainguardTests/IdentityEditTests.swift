import AWSCaller
import Chainguard
import Testing

struct IdentityEditTests {
    private static let role = AssumableIdentity(
        uid: Example.identity(1), name: "ci", description: "old",
        relationship: .aws(
            AWSRelationship(
                account: "123456789012", arn: .pattern("^arn:aws:sts::123456789012:assumed-role/ci/(.+)$"),
                userID: .pattern("^AROA[A-Z0-9]+:(.+)$"))))
    private static let workload = AssumableIdentity(
        uid: Example.identity(2), name: "gh",
        relationship: .claimMatch(ClaimMatch(issuer: .exact("https://x.test"), subject: .pattern("^repo:a$"))))

    @Test func whatIsAsItWasIsNotSent() {
        var edit = IdentityEdit(of: Self.role)
        #expect(edit.changes.isEmpty && edit.patch.mask.isEmpty && edit.problems.isEmpty)
        edit.description = "new"
        #expect(edit.patch.mask == ["description"])
        edit.set(.userID, .exact("AROAX:s"))
        #expect(edit.patch.mask == ["description", "aws_identity"])
        #expect(edit.changes.map(\.field) == ["description", "user id"])
        #expect(edit.changes.last?.new == "exactly AROAX:s")
    }

    @Test func fieldsAreThoseOfTheRelationship() {
        #expect(IdentityEdit(of: Self.role).fields == [.description, .arn, .userID])
        #expect(IdentityEdit(of: Self.workload).fields == [.description, .issuer, .subject, .audience])
        var edit = IdentityEdit(of: Self.workload)
        let isKnown = edit.set(.arn, .exact("arn:aws:iam::123456789012:user/x"))
        #expect(!isKnown)
        edit.set(.audience, .exact("aud"))
        #expect(edit.changes.map(\.field) == ["audience"])
        edit.set(.audience, .exact(""))
        #expect(edit.changes.isEmpty)
    }

    @Test(arguments: [
        (IdentityEdit.Field.arn, ValueMatcher.exact("no arn"), "six parts"),
        (.arn, .pattern("a(?=b)"), "invalid or unsupported"), (.arn, .pattern(""), "everybody"),
        (.userID, .exact(""), "Give the user id"),
    ])
    func aFieldNamesTheRuleThatItBreaks(_ field: IdentityEdit.Field, _ matcher: ValueMatcher, _ words: String) {
        var edit = IdentityEdit(of: Self.role)
        edit.set(field, matcher)
        #expect(edit.problem(field)?.contains(words) == true)
    }

    @Test func anIllegalPatternThatWasThereBeforeStopsNoOtherChange() {
        var identity = Self.role
        identity.relationship = .aws(AWSRelationship(account: "1", arn: .pattern("a(?=b)"), userID: .exact("x")))
        var edit = IdentityEdit(of: identity)
        edit.description = "new"
        #expect(edit.problems.isEmpty)
    }
}

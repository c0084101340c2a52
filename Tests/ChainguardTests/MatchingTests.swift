import AWSCaller
import Chainguard
import FoundationEssentials
import Testing

struct MatchingTests {
    private let role = CallerValues(
        account: "123456789012", arn: "arn:aws:sts::123456789012:assumed-role/deploy/i-0abc",
        userID: "AROAEXAMPLE1234567890:i-0abc")
    private let user = CallerValues(
        account: "123456789012", arn: "arn:aws:iam::123456789012:user/ops/jane", userID: "AIDAEXAMPLE1234567890")

    private func relationship(
        account: String = "123456789012",
        arn: ValueMatcher = .pattern("^arn:aws:sts::123456789012:assumed-role/deploy/(.+)$"),
        userID: ValueMatcher = .pattern("^AROAEXAMPLE1234567890:(.+)$")
    ) -> AWSRelationship {
        AWSRelationship(account: account, arn: arn, userID: userID)
    }

    @Test func matchesWhenAllThreeDo() {
        let verdict = relationship().verdict(for: role)
        #expect(verdict.matches)
        #expect(verdict.fields.map(\.field) == [.account, .arn, .userID])
        #expect(verdict.fields.allSatisfy { $0.matches && $0.matchedPrefix == $0.actual.utf8.count })
        #expect(verdict.advice.isEmpty)
        #expect(relationship().warnings().isEmpty)
        #expect(
            relationship(arn: .exact(user.arn), userID: .exact(user.userID)).verdict(for: user).matches)
    }

    @Test func oneFieldOfAnotherCallerIsEnoughToRefuse() {
        let verdict = relationship(account: "210987654321").verdict(for: role)
        #expect(!verdict.matches)
        #expect(verdict.fields.map(\.matches) == [false, true, true])
        #expect(verdict.advice.count == 1)
        #expect(verdict.advice[0].contains("123456789012") && verdict.advice[0].contains("210987654321"))
    }

    @Test func anotherAccountIsAdvisedOnOnce() {
        let verdict = relationship(
            account: "210987654321", arn: .pattern("^arn:aws:sts::210987654321:assumed-role/deploy/(.+)$")
        ).verdict(for: role)
        #expect(verdict.fields.map(\.matches) == [false, false, true])
        #expect(verdict.advice.count == 1)
        #expect(!verdict.advice[0].contains("session"))
    }

    @Test func showsWhereAValueParts() {
        let verdict = relationship(arn: .pattern("^arn:aws:sts::123456789012:assumed-role/deliver/(.+)$"))
            .verdict(for: role)
        #expect(verdict.fields[1].matchedPrefix == "arn:aws:sts::123456789012:assumed-role/de".utf8.count)
        #expect(
            verdict.advice == [
                "The caller's role is deploy, the identity is for deliver: assume that role, or use an identity for this one"
            ])
    }

    @Test(arguments: [
        (ValueMatcher.exact("arn:aws:iam::123456789012:role/deploy"), "the identity can never match"),
        (.pattern("^arn:aws-us-gov:sts::123456789012:assumed-role/deploy/(.+)$"), "partition"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/Deploy/(.+)$"), "upper and lower case"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/team/deploy/(.+)$"), "path"),
        (.exact("arn:aws:sts::123456789012:assumed-role/deploy/other"), "session"),
        (.exact("arn:aws:iam::123456789012:user/jane"), "the identity is for a user"),
        (.pattern("^(arn"), "illegal"),
    ])
    func advisesOnTheARN(_ matcher: ValueMatcher, _ words: String) {
        let advice = relationship(arn: matcher).verdict(for: role).advice
        #expect(advice.count == 1)
        #expect(advice.first?.contains(words) == true)
    }

    @Test func advisesOnTheUserID() {
        let renewed = relationship(userID: .pattern("^AROAOTHER123456789012:(.+)$")).verdict(for: role).advice
        #expect(renewed.first?.contains("deleted and made anew") == true)
        let bare = relationship(userID: .exact("AROAEXAMPLE1234567890")).verdict(for: role).advice
        #expect(bare.first?.contains("^AROAEXAMPLE1234567890:(.+)$") == true)
    }

    @Test func advisesOnAReprovisionedPermissionSet() {
        var caller = role
        caller.arn = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Read_Only_0123456789abcdef/jane"
        let old = "^arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Read_Only_fedcba9876543210/(.+)$"
        let advice = relationship(arn: .pattern(old)).verdict(for: caller).advice
        #expect(advice.first?.contains("permission set Read_Only was provisioned again") == true)
    }

    @Test(arguments: [
        (ValueMatcher.pattern("arn:aws:sts::123456789012:assumed-role/deploy/(.+)$"), "does not begin with ^"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/deploy/"), "does not end with $"),
        (.pattern("^a|b$"), "does not begin with ^"), (.pattern("^.*$"), "every role and every user"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/.*$"), "every role of account"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/deploy.*$"), "only begin with"),
        (.pattern("^arn:aws:sts::123456789012:assumed-role/de.ploy/(.+)$"), "dot in the role name"),
        (.pattern("^arn:aws-cn:sts::123456789012:assumed-role/deploy/(.+)$"), "partition is aws-cn"),
        (.pattern("^arn:aws:sts::210987654321:assumed-role/deploy/(.+)$"), "nobody matches"),
        (.exact("arn:aws:iam::123456789012:role/deploy"), "nobody matches"),
        (.exact("^arn:aws:sts::123456789012:assumed-role/deploy/(.+)$"), "reads like a pattern"),
        (.exact("arn:aws:sts::123456789012:assumed-role/deploy/s"), "session"),
        (
            .pattern("^arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_X_0123456789abcdef/(.+)$"),
            "Identity Center"
        ),
        (.pattern("^(?=arn)"), "illegal"),
    ])
    func warnsOfTheARN(_ matcher: ValueMatcher, _ words: String) {
        #expect(relationship(arn: matcher).warnings().contains { $0.contains(words) })
    }

    @Test(arguments: [
        (ValueMatcher.pattern("^AROA[A-Z0-9]+:(.+)$"), "not pinned"), (.pattern("^AIDA[A-Z0-9]+$"), "not pinned"),
        (.pattern(".*"), "every user id"), (.exact("AROAEXAMPLE1234567890"), "nobody matches"),
    ])
    func warnsOfTheUserID(_ matcher: ValueMatcher, _ words: String) {
        #expect(relationship(userID: matcher).warnings().contains { $0.contains(words) })
    }

    @Test func warnsOfAnAccountThatIsNone() {
        #expect(relationship(account: "12345").warnings().contains { $0.contains("not 12 digits") })
    }

    @Test func ranksByCloseness() throws {
        func identity(_ name: String, _ relationship: Relationship) throws -> AssumableIdentity {
            AssumableIdentity(
                uid: try #require(UIDP(String(repeating: "a", count: 40))), name: name, relationship: relationship)
        }
        let ranked = IdentityRanking.rank(
            [
                try identity("far", .aws(relationship(account: "210987654321", arn: .exact("x"), userID: .exact("y")))),
                try identity("github", .claimMatch(ClaimMatch(issuer: .exact("i"), subject: .exact("s")))),
                try identity("near", .aws(relationship(userID: .pattern("^AROAEXAMPLEX:(.+)$")))),
                try identity("match", .aws(relationship())),
                try identity("also", .aws(relationship())),
            ], for: role)
        #expect(ranked.map(\.identity.name) == ["also", "match", "near", "far"])
        #expect(ranked.map(\.verdict.matches) == [true, true, false, false])
        #expect(ranked.first?.closeness == 1)
        #expect(ranked.allSatisfy { (0...1).contains($0.closeness) })
    }

    @Test func takesTheValuesFromACaller() throws {
        let arn = try #require(ARN("arn:aws:iam::000000000012:root"))
        let values = CallerValues(CallerIdentity(account: "000000000012", arn: arn, userID: "000000000012"))
        #expect(values == CallerValues(account: "000000000012", arn: arn.description, userID: "000000000012"))
    }
}

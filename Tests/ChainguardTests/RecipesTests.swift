import AWSCaller
import FoundationEssentials
import Testing

@testable import Chainguard

@Suite struct RecipesTests {
    static let draft = IdentityDraft(
        account: "012345678901", iamName: "ci.build", uniqueID: "AROAEXAMPLEEXAMPLE00", name: "ci build",
        description: "it's ${mine}", parent: Example.group, roles: [Example.viewer, Example.puller])

    @Test func chainctlForARole() {
        #expect(
            Recipes.chainctl(Self.draft) == #"""
                chainctl iam identities create aws role 'ci build' \
                  --aws-account-id=012345678901 \
                  --aws-role-name=ci.build \
                  --aws-role-id=AROAEXAMPLEEXAMPLE00 \
                  --parent=\#(Example.root) \
                  --description='it'\''s ${mine}' \
                  --role=viewer,registry.pull

                """#)
    }

    @Test func chainctlForAUserWithoutMore() {
        let custom = Role(uid: Example.identity(7), name: "custom")
        let draft = IdentityDraft(
            kind: .user, partition: "aws-us-gov", account: "012345678901", iamName: "eve", name: "-eve", roles: [custom]
        )
        #expect(
            Recipes.chainctl(draft) == """
                chainctl iam identities create aws user \\
                  --aws-account-id=012345678901 \\
                  --aws-user-name=eve \\
                  --aws-partition=aws-us-gov \\
                  --role=\(custom.uid) \\
                  -- -eve

                """)
    }

    @Test func whatChainctlHasNoFlagForComesFromAFile() {
        var draft = Self.draft
        draft.kind = .user
        draft.path = "/team/"
        draft.uniqueID = ""
        #expect(
            Recipes.chainctl(draft) == """
                cat > identity.json <<'END_OF_IDENTITY'
                {
                  "name": "ci build",
                  "description": "it's ${mine}",
                  "awsIdentity": {
                    "awsAccount": "012345678901",
                    "arn": "arn:aws:iam::012345678901:user/team/ci.build",
                    "userIdPattern": "^AIDA[A-Z0-9]+$"
                  }
                }
                END_OF_IDENTITY
                chainctl iam identities create \\
                  -f identity.json \\
                  --parent=\(Example.root) \\
                  --role=viewer,registry.pull

                """)
    }

    @Test func terraformForADraft() {
        #expect(
            Recipes.terraform(Self.draft) == #"""
                terraform {
                  required_providers {
                    chainguard = {
                      source = "chainguard-dev/chainguard"
                    }
                  }
                }

                data "chainguard_group" "parent" {
                  name = "example.com"
                }

                data "chainguard_role" "viewer" {
                  name = "viewer"
                }

                data "chainguard_role" "registry_pull" {
                  name = "registry.pull"
                }

                resource "chainguard_identity" "ci_build" {
                  parent_id   = data.chainguard_group.parent.id
                  name        = "ci build"
                  description = "it's $${mine}"

                  aws_identity {
                    aws_account         = "012345678901"
                    aws_arn_pattern     = "^arn:aws:sts::012345678901:assumed-role/ci\\.build/(.+)$"
                    aws_user_id_pattern = "^AROAEXAMPLEEXAMPLE00:(.+)$"
                  }
                }

                resource "chainguard_rolebinding" "viewer" {
                  identity = chainguard_identity.ci_build.id
                  role     = data.chainguard_role.viewer.items[0].id
                  group    = data.chainguard_group.parent.id
                }

                resource "chainguard_rolebinding" "registry_pull" {
                  identity = chainguard_identity.ci_build.id
                  role     = data.chainguard_role.registry_pull.items[0].id
                  group    = data.chainguard_group.parent.id
                }

                output "identity" {
                  value = chainguard_identity.ci_build.id
                }

                """#)
    }

    static let existing = AssumableIdentity(
        uid: Example.identity(5), name: "9 lives",
        relationship: .claimMatch(
            ClaimMatch(
                issuer: .exact("https://i"), subject: .pattern("^a\"\\.$"), audience: .exact("aud"),
                claims: ["b": "2", "a:x": "1"])))
    static let bindings = [1, 2].map { number in
        RoleBinding(
            uid: Example.identity(100 + number), identity: .init(uid: Example.identity(5), name: "9 lives"),
            group: .init(uid: Example.root, name: "example.com"), role: .init(uid: Example.viewer.uid, name: "viewer"))
    }

    @Test func terraformForWhatExistsImportsIt() {
        let text = Recipes.terraform(Self.existing, bindings: Self.bindings)
        #expect(
            text.contains(
                """
                import {
                  to = chainguard_identity._9_lives
                  id = "\(Example.identity(5))"
                }
                """))
        #expect(text.contains("  to = chainguard_rolebinding.viewer_2\n"))
        #expect(
            text.contains(
                #"""
                  claim_match {
                    issuer          = "https://i"
                    subject_pattern = "^a\"\\.$"
                    audience        = "aud"

                    claims = {
                      "a:x" = "1"
                      "b"   = "2"
                    }
                  }
                """#))
    }

    @Test func chainctlForWhatExistsBindsTheRolesOfItsParent() {
        let text = Recipes.chainctl(Self.existing, bindings: Self.bindings)
        #expect(text.contains(#""subjectPattern": "^a\"\\.$""#))
        #expect(
            text.hasSuffix(
                """
                chainctl iam identities create \\
                  -f identity.json \\
                  --parent=\(Example.root) \\
                  --role=viewer

                """))
    }

    /// The identity that the command makes has a UIDP of its own.
    @Test func chainctlForWhatExistsBindsTheNewOneElsewhereToo() {
        var bindings = Self.bindings
        bindings[1].group = .init(uid: Example.identity(8), name: "folder")
        let text = Recipes.chainctl(Self.existing, bindings: bindings)
        #expect(!text.contains(Example.identity(5).text))
        #expect(
            text.hasSuffix(
                """
                identity=$(chainctl iam identities create \\
                  -f identity.json \\
                  --parent=\(Example.root) \\
                  --role=viewer \\
                  -o id)
                chainctl iam role-bindings create \\
                  --identity="$identity" \\
                  --role=viewer \\
                  --parent=\(Example.identity(8))

                """))
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("${x} %{y} $x {", #""$${x} %%{y} $x {""#),
        ("$${x}", #""\u0024$${x}""#), ("$$$", #""\u0024\u0024$""#), ("\n\t\u{1}é", #""\n\t\u0001é""#),
    ])
    func hclStringsAreEscaped(text: String, expected: String) {
        #expect(HCL.quoted(text) == expected)
    }

    @Test(arguments: [("", "''"), ("a-b/c:d=e", "a-b/c:d=e"), ("a b", "'a b'"), ("a'b", #"'a'\''b'"#), ("$x", "'$x'")])
    func shellWordsAreQuoted(text: String, expected: String) {
        #expect(ShellText.quoted(text) == expected)
    }

    @Test func theBodyIsTheOneThatIsSent() throws {
        let json =
            #"{"name":"ci build","description":"it's ${mine}","awsIdentity":{"awsAccount":"012345678901","#
            + #""arnPattern":"^arn:aws:sts::012345678901:assumed-role/ci\\.build/(.+)$","#
            + #""userIdPattern":"^AROAEXAMPLEEXAMPLE00:(.+)$"}}"#
        #expect(try Self.draft.requestJSON() == json)
        #expect(try JSONValue(reading: Array(Recipes.apiJSON(Self.draft).utf8)).compact == json)
    }

    @Test func thePolicyAllowsOnlyChainguard() throws {
        let policy = try JSONValue(reading: Array(Recipes.policy(issuer: "https://issuer.test").utf8))
        let statement = try #require(policy.list("Statement").first)
        #expect(statement.text("Action") == "sts:GetWebIdentityToken")
        #expect(
            statement["Condition"]?["ForAllValues:StringEquals"]?.text("sts:IdentityTokenAudience")
                == "https://issuer.test")
    }

    @Test func theShellRecipeKeepsTheTokenOutOfArguments() {
        let text = Recipes.shell(
            identity: Example.identity(5), endpoints: ChainguardEndpoints(issuer: "https://i.test"))
        #expect(text.contains("--header @-"))
        #expect(text.contains("https://i.test/sts/exchange\n"))
        #expect(text.contains("aud=https://console-api.enforce.dev"))
    }
}

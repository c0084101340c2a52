import Chainguard
import Foundation
import TestSupport
import Testing

/// What Terraform itself makes of the configurations: laid out as it lays them out, and every value the one that was
/// meant.
struct TerraformAgreementTests {
    private struct Case: Encodable {
        var text: String
        /// By the attribute's name in the configuration.
        var expected: [String: String]

        init(_ identity: AssumableIdentity, bindings: [RoleBinding] = []) {
            text = Recipes.terraform(identity, bindings: bindings)
            expected = ["name": identity.name, "description": identity.description]
            if case .aws(let aws) = identity.relationship {
                expected["aws_account"] = aws.account
                expected["aws_arn" + (aws.arn.isPattern ? "_pattern" : "")] = aws.arn.text
                expected["aws_user_id" + (aws.userID.isPattern ? "_pattern" : "")] = aws.userID.text
            }
        }
    }

    private static let nasty = [
        #"plain"#, #"quotes " and ' and ` "#, #"${interpolation}"#, #"%{ if true }x%{ endif }"#, #"$${already} %%{}"#,
        #"$$${three} %%%{three}"#, #"$"#, #"a$"#, #"$$"#, #"{}"#, #"back\slash \\ \n \u0041 \""#, "line\nbreak\ttab\r",
        "\u{1}\u{1F}\u{7F}\u{9B}", "é漢字🧑‍💻 \u{202E}rtl", "<<EOT", "# no comment // nor /* this */", "#{}",
        #"^arn:aws:sts::123456789012:assumed-role/deploy\.prod/(.+)$"#, #"^[^"\\]+$"#, "",
    ]

    private static var cases: [Case] {
        let nasties = nasty.enumerated().map { number, text in
            Case(
                AssumableIdentity(
                    uid: Example.identity(number + 1), name: text.isEmpty ? "x" : text, description: text,
                    relationship: .aws(
                        AWSRelationship(
                            account: "123456789012", arn: number.isMultiple(of: 2) ? .pattern(text) : .exact(text),
                            userID: .pattern(text)))))
        }
        let bindings = [("registry.pull", 1), ("registry.pull", 2), ("9 lives", 3)].map { name, number in
            RoleBinding(
                uid: Example.identity(100 + number), identity: .init(uid: Example.identity(1), name: "x"),
                group: .init(uid: Example.root, name: "acme"), role: .init(uid: Example.identity(number), name: name))
        }
        let claims = AssumableIdentity(
            uid: Example.identity(9), name: "claims",
            relationship: .claimMatch(
                ClaimMatch(
                    issuer: .exact("https://x.test"), subject: .pattern("^${a}$"), audience: .exact("a"),
                    claims: ["a b": "\"", "long-name": "c"], claimPatterns: ["x": "^%{y}$"])))
        let keys = AssumableIdentity(
            uid: Example.identity(10), name: "keys",
            relationship: .staticKeys(
                StaticKeys(issuer: "https://x.test", subject: "s", issuerKeys: #"{"keys":[]}"#, expiration: Example.now)
            ))
        let service = AssumableIdentity(
            uid: Example.identity(11), name: "service", relationship: .servicePrincipal("COSIGNED"))
        return nasties + [Case(claims, bindings: bindings), Case(keys), Case(service)]
    }

    @Test func anHCLParserReadsTheSameValues() throws {
        let python = try TestTool.python(importing: "hcl2")
        let cases = Self.cases
        let result = try TestTool.run(python, ["-c", Self.parsing], input: try JSONEncoder().encode(cases))
        try #require(result.status == 0)
        let read = try JSONDecoder().decode([[String: String]].self, from: result.output)
        try #require(read.count == cases.count)
        for (item, values) in zip(cases, read) { expect(item, values) }
    }

    @Test func terraformFormatsAndEvaluatesThemTheSame() throws {
        let terraform = try TestTool.path(of: "terraform", isInstalled: false)
        let python = try TestTool.python(importing: "hcl2")
        let cases = Self.cases
        let result = try TestTool.run(
            python, ["-c", Self.parsing + Self.evaluating, terraform], input: try JSONEncoder().encode(cases),
            environment: ["TF_CLI_CONFIG_FILE": "/dev/null", "CHECKPOINT_DISABLE": "1"])
        try #require(result.status == 0)
        struct Answer: Decodable {
            var difference: String
            var values: [[String: String]]
        }
        let parts = result.output.split(separator: UInt8(ascii: "\n"))
        let answer = try JSONDecoder().decode(Answer.self, from: Data(try #require(parts.last)))
        #expect(answer.difference.isEmpty, "terraform fmt: \(answer.difference)")
        try #require(answer.values.count == cases.count)
        for (item, values) in zip(cases, answer.values) { expect(item, values) }
    }

    private func expect(_ item: Case, _ values: [String: String]) {
        for (name, value) in item.expected where !(name == "description" && value.isEmpty) {
            #expect(values[name] == value, "\(name) in\n\(item.text)")
        }
    }

    /// Reads each configuration and prints the identity's attributes, unquoted by HCL's rules for templates.
    private static let parsing = """
        import hcl2, json, sys
        def unquoted(literal):
            return json.loads(literal.replace('$${', '${').replace('%%{', '%{'), strict=False)
        def attributes(text):
            found = {}
            for resource in hcl2.loads(text)['resource']:
                for kind, named in resource.items():
                    if kind.strip('"') != 'chainguard_identity': continue
                    for body in named.values():
                        blocks = [body] + body.get('aws_identity', [])
                        for block in blocks:
                            found.update({k: v for k, v in block.items() if isinstance(v, str) and v.startswith('"')})
            return found
        cases = json.load(sys.stdin)
        literals = [attributes(case['text']) for case in cases]
        print(json.dumps([{k: unquoted(v) for k, v in each.items()} for each in literals]))

        """

    /// Formats every configuration, and lets Terraform evaluate the attributes as they are written.
    private static let evaluating = """
        import os, subprocess
        os.mkdir('configurations'); os.mkdir('values')
        for number, case in enumerate(cases):
            open('configurations/%d.tf' % number, 'w').write(case['text'])
        fmt = subprocess.run([sys.argv[1], 'fmt', '-check', '-diff', 'configurations'], capture_output=True, text=True)
        with open('values/main.tf', 'w') as file:
            file.write('locals {\\n  all = [\\n')
            for each in literals:
                file.write('{ ' + ', '.join('%s = %s' % pair for pair in each.items()) + ' },\\n')
            file.write('  ]\\n}\\n')
        console = subprocess.run([sys.argv[1], 'console'], input='base64encode(jsonencode(local.all))\\n', cwd='values',
                                 capture_output=True, text=True)
        import base64
        encoded = console.stdout.strip().strip('"')
        print(json.dumps({'difference': fmt.stdout, 'values': json.loads(base64.b64decode(encoded))}))
        """
}

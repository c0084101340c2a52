import Testing

@testable import AWSCaller

@Suite struct SharedConfigTests {
    private func load(config: String? = nil, credentials: String? = nil) throws -> SharedConfig {
        try SharedConfig.load(TestHost(config: config, credentials: credentials).context)
    }

    /// The texts of a profile's properties.
    private func profile(_ name: String, config: String? = nil, credentials: String? = nil) throws -> [String: String]?
    {
        try load(config: config, credentials: credentials).profiles[name]?.properties.mapValues(\.text)
    }

    @Test(arguments: [
        ("[profile foo]\nname = value", ["name": "value"]),
        ("[profile foo]\r\nname = value\r\n", ["name": "value"]),
        ("[ profile \t foo \t]\nname=value", ["name": "value"]),
        ("[profile foo]\nname \t=  \tval=ue \t", ["name": "val=ue"]),
        ("[profile foo]\nname =", ["name": ""]),
        ("[profile foo]\nNAME = 😂", ["name": "😂"]),
        ("[profile foo]\nname = a\nname = b", ["name": "b"]),
        ("[profile foo]\nname = a\n[profile foo]\nother = b", ["name": "a", "other": "b"]),
        ("# c\n; c\n[profile foo] # c\nname = value # c; c", ["name": "value"]),
        ("[profile foo]; c\nname = value ;\n", ["name": "value"]),
        ("[profile foo]\nname = value; kept\nother = value# kept", ["name": "value; kept", "other": "value# kept"]),
        ("[profile foo]\nname = value\n -more\n\t -and # kept ", ["name": "value\n-more\n-and # kept"]),
        ("\t\n[profile foo]\n\t\n \nname = value\n\t \n", ["name": "value"]),
        ("[profile foo]\nin valid = value\n dropped\nname = value", ["name": "value"]),
        ("[profile \"foo\"]\nname = value", ["name": "value"]),
        ("\u{FEFF}[profile foo]\nname = value", ["name": "value"]),
        ("[profile in valid]\nname = other\n more\n[profile foo]\nname = value", ["name": "value"]),
    ])
    func readsTheFormat(_ text: String, _ expected: [String: String]) throws {
        #expect(try profile("foo", config: text) == expected)
    }

    @Test(arguments: [
        ("[profile foo", "~/.aws/config:1", "']'"), ("[profile foo]]\n", "~/.aws/config:1", "']'"),
        ("name = value", "~/.aws/config:1", "header"), ("\n -x", "~/.aws/config:2", "header"),
        ("[profile foo]\n\n= value", "~/.aws/config:3", "no name"),
        ("[profile foo]\nkey : value", "~/.aws/config:2", "'='"),
        ("[profile foo]\n -x", "~/.aws/config:2", "before an indented"),
        ("[profile foo]\na = b\n[profile foo]\n -x", "~/.aws/config:4", "before an indented"),
        ("[profile foo]\ns3 =\n invalid", "~/.aws/config:3", "of 's3'"),
        ("[profile foo]\ns3 =\n = value", "~/.aws/config:3", "no name"),
    ])
    func namesFileAndLineOfAnError(_ text: String, _ place: String, _ words: String) {
        let failure = #expect(throws: Failure.self) { try load(config: text) }
        #expect(failure?.what.hasPrefix(place) == true)
        #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "")")
    }

    @Test func readsNestedValues() throws {
        let config = "[profile foo]\ns3 =\n Name = value\n\n other =\n in valid = x\nregion = r"
        let value = try #require(try load(config: config).profiles["foo"]?.properties["s3"])
        #expect(value.nested.mapValues(\.text) == ["name": "value", "other": ""])
        #expect(value.nested["name"]?.location == "~/.aws/config:3")
        #expect(try profile("foo", config: config)?["region"] == "r")
    }

    @Test func prefersThePrefixedDefaultWhereverItStands() throws {
        #expect(try profile("default", config: "[default]\na = 1\n[profile default]\nb = 2") == ["b": "2"])
        #expect(try profile("default", config: "[profile default]\nb = 2\n[default]\na = 1") == ["b": "2"])
        #expect(try profile("default", config: "[default]\na = 1") == ["a": "1"])
    }

    @Test func mergesBothFilesTheCredentialsFileWinning() throws {
        let merged = try load(
            config: "[profile foo]\na = config\nb = config", credentials: "[foo]\nb = credentials\nc = credentials")
        let foo = try #require(merged.profiles["foo"])
        #expect(foo.properties.mapValues(\.text) == ["a": "config", "b": "credentials", "c": "credentials"])
        #expect(foo.properties["a"]?.location == "~/.aws/config:2")
        #expect(foo.properties["b"]?.location == "~/.aws/credentials:2")
    }

    @Test func ignoresSectionsOfTheOtherFilesForm() throws {
        let merged = try load(config: "[foo]\na = 1", credentials: "[profile bar]\na = 1\n[baz]\na = 1")
        #expect(merged.profiles.keys.sorted() == ["baz"])
    }

    @Test func readsSSOSessionsAndServices() throws {
        let shared = try load(
            config:
                "[sso-session main]\nsso_region = eu-west-1\n[services dev]\nsts =\n  endpoint_url = http://127.0.0.1:9"
        )
        #expect(shared.ssoSessions["main"]?["sso_region"]?.text == "eu-west-1")
        #expect(shared.services["dev"]?.properties["sts"]?.nested["endpoint_url"]?.text == "http://127.0.0.1:9")
        #expect(shared.profiles.isEmpty)
    }

    @Test func findsFilesByVariableAndHome() throws {
        var host = TestHost(
            variables: ["AWS_CONFIG_FILE": "~/mine", "AWS_SHARED_CREDENTIALS_FILE": "/etc/aws"],
            files: ["/home/me/mine": "[default]\na = 1", "/etc/aws": "[default]\nb = 2"])
        #expect(
            try SharedConfig.load(host.context).profiles["default"]?.properties.mapValues(\.text) == [
                "a": "1", "b": "2",
            ])
        host.variables["HOME"] = ""
        #expect(try SharedConfig.load(host.context).profiles["default"]?.properties.mapValues(\.text) == ["b": "2"])
    }

    @Test func refusesBytesThatAreNoText() {
        #expect(throws: Failure.self) { try ConfigParser.parse([0x5B, 0xFF, 0x5D], as: .config, file: "f") }
    }
}

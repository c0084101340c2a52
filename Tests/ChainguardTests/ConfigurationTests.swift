import AWSCaller
import Testing

@testable import Chainguard

@Suite struct ConfigurationTests {
    struct Files: FileReading {
        var files: [String: String]

        func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? { files[path].map { Array($0.utf8) } }
    }

    static let home = ["HOME": "/h"]
    static let yaml = """
        platform:
          api: https://api.file/
          Issuer: "https://issuer.file"
          audience: https://aud.file
        default:
          group: acme
        other: [1, 2]
        """

    func load(
        _ files: [String: String], _ variables: [String: String] = home, _ flags: ChainctlConfiguration.Flags = .init()
    ) throws(Failure) -> ChainctlConfiguration {
        try ChainctlConfiguration.load(
            environment: Environment(variables), files: Files(files: files), flags: flags)
    }

    @Test func nothingConfiguredMeansDefaults() throws {
        let configuration = try load([:])
        #expect(configuration.endpoints == ChainguardEndpoints())
        #expect(configuration.path == nil)
        #expect(configuration.defaultGroup == nil)
    }

    @Test func flagsBeatVariablesBeatFile() throws {
        let files = ["/h/.config/chainctl/config.yaml": Self.yaml]
        let file = try load(files)
        #expect(
            file.endpoints
                == ChainguardEndpoints(
                    api: "https://api.file", issuer: "https://issuer.file", audience: "https://aud.file"))
        #expect(file.defaultGroup == "acme")
        #expect(file.settings[.issuer]?.origin == "/h/.config/chainctl/config.yaml:3")
        let variables = Self.home.merging([
            "CHAINGUARD_PLATFORM_API": "https://api.env", "CHAINGUARD_DEFAULT_GROUP": "env",
        ]) { $1 }
        let environment = try load(files, variables)
        #expect(environment.endpoints.api == "https://api.env")
        #expect(environment.endpoints.issuer == "https://issuer.file")
        #expect(environment.defaultGroup == "env")
        #expect(environment.settings[.api]?.origin == "CHAINGUARD_PLATFORM_API")
        let flags = try load(files, variables, .init(api: "https://api.flag"))
        #expect(flags.endpoints.api == "https://api.flag")
        #expect(flags.settings[.api]?.origin == "--api")
    }

    @Test func theFirstFileFoundIsTheOnlyOne() throws {
        let files = [
            "./chainctl/config.yaml": "platform: {api: https://here}",
            "/x/chainctl/config.yaml": "platform: {api: https://xdg, issuer: https://xdg}",
            "/h/.chainguard/config.yaml": "platform: {api: https://old}",
        ]
        let variables = ["HOME": "/h", "XDG_CONFIG_HOME": "/x"]
        let here = try load(files, variables)
        #expect(here.endpoints.api == "https://here")
        #expect(here.endpoints.issuer == ChainguardEndpoints().issuer)
        #expect(here.isFromWorkingFolder)
        let xdg = try load(files.filter { $0.key != "./chainctl/config.yaml" }, variables)
        #expect(xdg.endpoints.api == "https://xdg")
        #expect(!xdg.isFromWorkingFolder)
        #expect(try load(files.filter { $0.key.hasPrefix("/h") }, variables).endpoints.api == "https://old")
    }

    @Test func aNamedFileReplacesTheSearch() throws {
        let files = [
            "/named": "platform: {api: https://named}", "./chainctl/config.yaml": "platform: {api: https://here}",
        ]
        #expect(try load(files, ["CHAINCTL_CONFIG": "/named"]).endpoints.api == "https://named")
        let flag = try load(files, ["CHAINCTL_CONFIG": "/absent"], .init(config: "/named"))
        #expect(flag.path == "/named")
    }

    @Test func aNamedFileMustExist() async {
        let missing = await failure { _ = try load([:], ["CHAINCTL_CONFIG": "/absent"]) }
        #expect(missing?.what == "The configuration file /absent does not exist")
        #expect(missing?.remedy == "Correct CHAINCTL_CONFIG")
        #expect(missing?.category == .usage)
    }

    @Test(arguments: [
        ("platform:\n  api: [\n", "/c:3"), ("platform: x", "/c:1: a mapping with api is expected here"),
        ("\n- a", "/c:2: the file is no mapping"), ("platform:\n  api: {a: b}", "/c:2: platform.api is not a text"),
        ("a: 1\na: 2", "a name is there twice: a"), ("platform:\n  api: ftp://x", "platform.api is not a URL: ftp://x"),
    ])
    func mistakesAreFound(text: String, message: String) async {
        let found = await failure { _ = try load(["/c": text], ["CHAINCTL_CONFIG": "/c"]) }
        #expect(found?.what.contains(message) == true, "\(String(describing: found))")
        #expect(found?.category == .usage)
    }

    @Test(arguments: ["", "# only a comment\n", "platform:\n", "platform:\n  api:\n", "platform: {api: ''}"])
    func emptyMeansUnset(text: String) throws {
        #expect(try load(["/c": text], ["CHAINCTL_CONFIG": "/c"]).endpoints == ChainguardEndpoints())
    }
}

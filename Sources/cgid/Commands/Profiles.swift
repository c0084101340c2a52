import AWSCaller
import ArgumentParser

struct Profiles: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "The profiles of the AWS files, merged as AWS's tools merge them.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Flag(help: "Show secrets instead of masking them.")
    var reveal = false

    func run(in runtime: Runtime) async throws {
        let shared = try SharedConfig.load(runtime.host)
        switch output {
        case .json: try JSONOutput.print(ProfilesDocument(shared, reveals: reveal))
        case .id: for name in shared.profiles.keys.sorted() { Console.answer(name) }
        case .text: printText(shared)
        }
    }

    private func printText(_ shared: SharedConfig) {
        let groups = [
            ("profile", shared.profiles), ("sso-session", shared.ssoSessions), ("services", shared.services),
        ]
        var blocks: [String] = []
        for (kind, sections) in groups {
            for name in sections.keys.sorted() {
                guard let section = sections[name] else { continue }
                blocks.append("[\(kind) \(name)]\(ProfilesText.lines(section, reveals: reveal))")
            }
        }
        guard !blocks.isEmpty else {
            let files = [shared.configFile, shared.credentialsFile].map(\.path).joined(separator: " nor ")
            Console.complain("cgid: neither \(files) holds any profile")
            return
        }
        Console.answer(blocks.joined(separator: "\n\n"))
    }
}

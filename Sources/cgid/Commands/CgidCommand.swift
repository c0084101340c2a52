import AWSCaller
import ArgumentParser
import NcursesTerminal

struct CgidCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "cgid",
        abstract: "Chainguard assumable identities for AWS, in the terminal.",
        discussion: "Alone it opens the terminal interface; every screen's job is also a command.",
        version: version,
        subcommands: [
            WhoAmI.self, Profiles.self, ExportCredentials.self, TokenCommand.self, SignIn.self, Login.self, Logout.self,
            Status.self, Identities.self,
            Roles.self,
            Organizations.self, Repositories.self, SandboxCommand.self, Info.self, Debug.self,
        ]
    )

    @OptionGroup var common: CommonOptions

    @OptionGroup var interface: InterfaceOptions

    func run() throws {
        if interface.plain || TerminalEntry.serving(Environment.ofProcess["TERM"] ?? "") == nil {
            try PlainInterface(options: common, interface: interface).run()
        } else {
            try TerminalInterface(options: common, interface: interface).run()
        }
    }
}

import ArgumentParser

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create, open and verify the signed token that AWS callers present.",
        subcommands: [TokenCreate.self, TokenInspect.self, TokenVerify.self])
}

import AWSCaller
import ArgumentParser
import FoundationEssentials
import Sandbox

struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "AWS and Chainguard on loopback, for other clients too; runs until stopped.",
        discussion: "With --export-env: cgid sandbox --export-env > sandbox.env & sleep 1; . ./sandbox.env")

    @ParentCommand var root: CgidCommand

    @Option(help: "The port on 127.0.0.1; a free one unless given.")
    var port: Int?

    @Option(help: "Keep the sandbox's state in this file, across runs.")
    var state: String?

    @Option(help: "So many identities in all, for trying a large organization.")
    var identities: Int?

    @Option(help: "Fail on purpose; NAME=COUNT spoils only so many requests of each service. Repeatable.")
    var fault: [FaultArgument] = []

    @Option(help: "Serve https, and write the certificate authority that clients are to trust into this file.")
    var tlsCaFile: String?

    @Flag(help: "Print the variables with which other clients use it, as shell exports.")
    var exportEnv = false

    func validate() throws {
        if let port, !(1...65535).contains(port) { throw ValidationError("--port takes a number from 1 to 65535") }
        if let identities, !(1...1_000_000).contains(identities) {
            throw ValidationError("--identities takes a number from 1 to 1000000")
        }
    }

    func run() throws {
        try Blocking.wait { try await serve() }
    }

    private func serve() async throws {
        let tls = try tlsCaFile.map { _ in try SandboxCertificate() }
        // The option of this name before the subcommand takes its value wherever it stands.
        var options = SandboxOptions(
            port: port, stateFile: state, tls: tls, identities: identities ?? root.common.identities)
        options.add(root.common.sandboxFault + fault)
        let home: SandboxHome
        do {
            home = try await SandboxHome.open(options)
        } catch let error as SandboxError {
            throw Failure(error)
        }
        var variables = home.exports
        if let tls, let path = tlsCaFile.map(Self.absolute) {
            try Data(tls.authority.utf8).write(to: URL(filePath: path), options: .atomic)
            for name in ["AWS_CA_BUNDLE", "SSL_CERT_FILE"] { variables[name] = path }
        }
        if exportEnv {
            Console.answerVerbatim(ShellText.exports(variables))
        } else {
            Console.answer("sandbox: AWS and Chainguard on loopback, no account, no network")
            Console.answer("issuer   \(home.sandbox.endpoints.issuer)")
            Console.answer("api      \(home.sandbox.endpoints.api)")
            Console.answer("registry \(home.sandbox.endpoints.registry)")
            Console.answer("Other clients use it with the variables that --export-env prints. ^C stops it.")
        }
        await Interruption.wait()
        await home.close()
    }

    /// Other programs may run in another folder.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

extension Failure {
    fileprivate init(_ error: SandboxError) {
        let remedy =
            switch error {
            case .port: "Choose another --port, or leave it out to take a free one"
            case .state: "Name another file with --state"
            }
        self.init("The sandbox can't start: \(error)", remedy: remedy, category: .usage)
    }
}

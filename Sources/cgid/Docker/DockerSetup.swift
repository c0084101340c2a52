import AWSCaller
import Chainguard
import FoundationEssentials
import Glibc

/// Makes docker ask this program for the registry's credentials (`login --docker`).
struct DockerSetup {
    let environment: Environment
    let registry: String

    func run() throws(Failure) {
        let configuration = try DockerConfiguration(environment: environment)
        let isNew = try configuration.setHelper(DockerCredentialHelper.name, for: registry)
        Console.complain("\(configuration.path): docker \(isNew ? "now asks" : "asks already") cgid for \(registry)")
        guard !isOnPath(DockerCredentialHelper.programName) else { return }
        let program = ownPath ?? "/path/to/cgid"
        Console.complain(
            "docker looks for \(DockerCredentialHelper.programName) on the PATH, where it is not yet; this makes it:\n"
                + "  ln -s \(ShellText.quoted(program)) /usr/local/bin/\(DockerCredentialHelper.programName)")
    }

    private func isOnPath(_ name: String) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    private var ownPath: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}

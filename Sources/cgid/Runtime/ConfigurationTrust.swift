import AWSCaller
import Chainguard
import FoundationEssentials
import Glibc

/// The configuration in force, loaded once the person knows of a file in the current folder: it is named, and one
/// that leads tokens to other hosts is asked for.
struct ConfigurationTrust {
    let environment: Environment
    let files: any FileReading

    /// - Throws: `.usage` when the file is not agreed to, or nobody can be asked.
    func configuration(_ flags: ChainctlConfiguration.Flags) throws(Failure) -> ChainctlConfiguration {
        let configuration = try ChainctlConfiguration.load(environment: environment, files: files, flags: flags)
        guard configuration.isFromWorkingFolder, let path = configuration.path else { return configuration }
        let folder = FileManager.default.currentDirectoryPath
        if let untrusted = try configuration.untrusted(files: files, folder: folder) { try settle(untrusted) }
        Console.complain("Using the configuration file \(path) of this folder")
        return configuration
    }

    private func settle(_ configuration: UntrustedConfiguration) throws(Failure) {
        let consents = CreationJournal.folder(environment: environment).map(ConfigurationConsents.init)
        if consents?.holds(configuration) == true { return }
        let hosts = configuration.hosts.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { throw refusal(configuration, hosts) }
        Console.complain("\(configuration.path) would send proofs and tokens to other hosts than chainctl's own:")
        for (key, value) in configuration.hosts { Console.complain("  \(key.rawValue): \(value)") }
        Console.complain("Only trust it when you know who wrote it. Trust it from now on? Type yes:")
        guard readLine() == "yes" else { throw refusal(configuration, hosts) }
        try consents?.add(configuration)
    }

    private func refusal(_ configuration: UntrustedConfiguration, _ hosts: String) -> Failure {
        Failure(
            "\(configuration.path) is not trusted: it would send proofs and tokens elsewhere",
            remedy: "If you wrote it, name it: --config \(configuration.path)", detail: hosts, category: .usage)
    }
}

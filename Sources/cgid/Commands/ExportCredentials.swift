import AWSCaller
import ArgumentParser

extension CredentialExport: ExpressibleByArgument {}

struct ExportCredentials: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "export-credentials",
        abstract: "Print the resolved AWS credentials, as 'aws configure export-credentials' does.",
        discussion: "The secrets go to stdout. The default format is what a credential_process has to print.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "process, env, env-no-export, fish or powershell.")
    var format = CredentialExport.process

    func run(in runtime: Runtime) async throws {
        Console.answerVerbatim(format.text(try await runtime.credentials()))
    }
}

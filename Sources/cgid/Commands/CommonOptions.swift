import ArgumentParser
import Chainguard

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json, id
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never
}

/// The flags that every command takes, spelt as the AWS CLI and chainctl spell them.
struct CommonOptions: ParsableArguments, Sendable {
    @Option(help: "AWS profile; beats keys in the environment.")
    var profile: String?

    @Option(help: "AWS region for the STS call.")
    var region: String?

    @Option(name: [.short, .long], help: "How to print the answer: text, json or id.")
    var output: OutputFormat?

    @Option(help: "chainctl's configuration file.")
    var config: String?

    @Option(help: "Base URL of Chainguard's API.")
    var api: String?

    @Option(help: "URL of Chainguard's issuer.")
    var issuer: String?

    @Option(help: "A PEM file with the certificate authorities to trust instead of the system's.")
    var caFile: String?

    @Flag(help: "Use a sandbox of AWS and Chainguard in this process; no account, no network.")
    var sandbox = false

    @Option(help: "Who the sandbox's AWS caller is: role, user, instance, container, none …")
    var sandboxCaller: SandboxCallerName?

    @Option(
        help: "Let the sandbox fail on purpose, with NAME or NAME=COUNT of 'cgid sandbox --help'.",
        completion: .list(FaultArgument.allValueStrings), transform: FaultArgument.parse)
    var sandboxFault: [FaultArgument] = []

    @Option(help: "So many identities in the sandbox.")
    var identities: Int?

    @Option(help: "Colours: auto, always or never.")
    var color: ColorChoice?

    @Flag(help: "Write what is asked and answered to stderr, secrets left out.")
    var debug = false

    @Option(help: "Append the log to this file (mode 0600).")
    var logFile: String?

    @Option(help: "Seconds that any one request may take.")
    var timeout: Int?

    func validate() throws {
        if let timeout, timeout < 1 { throw ValidationError("--timeout takes a number of seconds from 1") }
        if let identities, !(1...1_000_000).contains(identities) {
            throw ValidationError("--identities takes a number from 1 to 1000000")
        }
    }

    var endpointFlags: ChainctlConfiguration.Flags {
        ChainctlConfiguration.Flags(config: config, api: api, issuer: issuer)
    }

    /// These options, with those given before the subcommand filled in where a value is missing.
    func merged(with earlier: CommonOptions) -> CommonOptions {
        var merged = self
        merged.profile = profile ?? earlier.profile
        merged.region = region ?? earlier.region
        merged.output = output ?? earlier.output
        merged.config = config ?? earlier.config
        merged.api = api ?? earlier.api
        merged.issuer = issuer ?? earlier.issuer
        merged.caFile = caFile ?? earlier.caFile
        merged.sandbox = sandbox || earlier.sandbox
        merged.sandboxCaller = sandboxCaller ?? earlier.sandboxCaller
        merged.sandboxFault = earlier.sandboxFault + sandboxFault
        merged.identities = identities ?? earlier.identities
        merged.color = color ?? earlier.color
        merged.debug = debug || earlier.debug
        merged.logFile = logFile ?? earlier.logFile
        merged.timeout = timeout ?? earlier.timeout
        return merged
    }
}

import AWSCaller
import ArgumentParser
import FoundationEssentials

struct Debug: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug", abstract: "For checking cgid against public test suites.", shouldDisplay: false,
        subcommands: [DebugSignRequest.self, DebugScreenshots.self])
}

struct DebugSignRequest: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-request",
        abstract: "Sign the raw HTTP request on stdin with the environment's keys and show every step.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "The service, as credential scopes name it.")
    var service: String

    @Option(help: "The moment, like 20150830T123600Z.")
    var time: String

    @Flag(inversion: .prefixedNo, help: "Normalise the path, as every service but S3 does.")
    var normalizePath = true

    @Flag(help: "Sign in the query instead of a header.")
    var presign = false

    @Option(help: "Seconds that a presigned URL is good for.")
    var expires = 900

    private struct Document: Encodable {
        let canonicalRequest: String
        let stringToSign: String
        let authorization: String?
        let signature: String?
    }

    func validate() throws {
        guard AmzDate.parse(time) != nil else {
            throw ValidationError("--time takes a moment like 20150830T123600Z, not '\(time)'")
        }
        guard expires > 0 else { throw ValidationError("--expires takes a number of seconds from 1") }
    }

    func run(in runtime: Runtime) async throws {
        guard let region = options.region else {
            throw Failure("No region to sign for", remedy: "Say --region", category: .usage)
        }
        guard let date = AmzDate.parse(time) else { return }
        let request = try RawRequest.parse(try StandardInput.read(limit: 1 << 20))
        let credentials = try await runtime.credentials()
        let signer = SigV4Signer(
            credentials: credentials, region: region, service: service, normalizesPath: normalizePath)
        let signature =
            presign ? signer.presign(request, at: date, expires: expires) : signer.sign(request, at: date)
        try JSONOutput.print(
            Document(
                canonicalRequest: signature.canonicalRequest, stringToSign: signature.stringToSign,
                authorization: presign ? nil : signature.authorization, signature: presign ? signature.signature : nil))
    }
}

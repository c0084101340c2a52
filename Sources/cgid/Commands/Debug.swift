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
    }

    func run(in runtime: Runtime) async throws {
        guard let region = options.region else {
            throw Failure("no region to sign for", remedy: "say --region", category: .usage)
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

/// A request as public signing suites write it: LF or CRLF, folded and repeated headers, spaces in the target.
enum RawRequest {
    static func parse(_ bytes: [UInt8]) throws(Failure) -> SignableRequest {
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        let (head, body) = split(text, at: "\n\n")
        var lines = head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let (method, target) = try requestLine(lines.removeFirst())
        let (path, query) = split(target, at: "?")
        var request = SignableRequest(method: method, path: path, query: query, headers: [:], body: Array(body.utf8))
        for line in unfolded(lines) where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw unreadable("a header without a colon") }
            request.headers.add(String(line[..<colon]), String(line[line.index(after: colon)...]))
        }
        return request
    }

    /// The target stands between the first and the last space: it may hold spaces itself.
    private static func requestLine(_ line: String) throws(Failure) -> (method: String, target: String) {
        guard let first = line.firstIndex(of: " "), let last = line.lastIndex(of: " "), first < last else {
            throw unreadable("no request line")
        }
        return (String(line[..<first]), String(line[line.index(after: first)..<last]))
    }

    private static func unfolded(_ lines: [String]) -> [String] {
        lines.reduce(into: []) { result, line in
            if line.first == " " || line.first == "\t", let last = result.indices.last {
                result[last] += "\n" + line
            } else {
                result.append(line)
            }
        }
    }

    private static func split(_ text: String, at separator: String) -> (String, String) {
        guard let range = text.firstRange(of: separator) else { return (text, "") }
        return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }

    private static func unreadable(_ why: String) -> Failure {
        Failure("stdin holds no HTTP request", remedy: "pipe in a raw HTTP/1.1 request", detail: why, category: .usage)
    }
}

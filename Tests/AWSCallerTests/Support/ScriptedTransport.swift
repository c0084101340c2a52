import FoundationEssentials
import Synchronization
import TestSupport
import Transport

@testable import AWSCaller

/// Answers by a closure and remembers what was asked.
final class ScriptedTransport: HTTPTransport {
    typealias Answer = @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse

    private let answer: Answer
    private let asked = Mutex<[HTTPRequest]>([])

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// One that must not be asked.
    static var silent: ScriptedTransport {
        ScriptedTransport { request throws(TransportError) in
            throw TransportError(.connectionRefused, host: request.url)
        }
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        asked.withLock { $0.append(request) }
        return try answer(request)
    }
}

struct MemoryFiles: FileReading {
    var contents: [String: String] = [:]

    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? {
        contents[path].map { Array($0.utf8) }
    }
}

struct ScriptedProcesses: ProcessRunning {
    var result = ProcessResult(status: 0, standardOutput: [], standardError: [])

    func run(
        shell command: String, environment: Environment, limit: Int, timeout: Duration
    ) async throws(Failure) -> ProcessResult {
        result
    }
}

/// 2026-11-23T12:00:00Z.
let testNow = Date(timeIntervalSince1970: 1_795_435_200)

/// A host as a test describes it.
struct TestHost {
    var variables: [String: String] = [:]
    var config: String?
    var credentials: String?
    var files: [String: String] = [:]
    var transport: any HTTPTransport = ScriptedTransport.silent
    var processes = ScriptedProcesses()

    var context: HostContext {
        var contents = files
        contents["/home/me/.aws/config"] = config
        contents["/home/me/.aws/credentials"] = credentials
        return HostContext(
            environment: Environment(["HOME": "/home/me"].merging(variables) { $1 }),
            files: MemoryFiles(contents: contents), transport: transport, now: { testNow }, processes: processes)
    }

    func resolve(profile: String? = nil, region: String? = nil) async -> CredentialResolution {
        await CallerDetector(context: context, profile: profile, region: region).resolve()
    }

    func detect(profile: String? = nil, region: String? = nil) async -> DetectedCaller {
        await CallerDetector(context: context, profile: profile, region: region).detect()
    }
}

extension CredentialResolution {
    func report(_ source: CredentialSource) -> SourceReport? {
        reports.first { $0.source == source }
    }

    /// The failure of a source, if it failed.
    func failure(_ source: CredentialSource) -> Failure? {
        guard case .failed(let failure) = report(source)?.outcome else { return nil }
        return failure
    }
}

extension HTTPResponse {
    init(_ status: Int, _ text: String, headers: HTTPHeaders = [:]) {
        self.init(status: status, headers: headers, body: Array(text.utf8))
    }
}

extension SeededGenerator {
    mutating func text(from alphabet: String, upTo length: Int) -> String {
        let characters = Array(alphabet)
        return String(
            (0..<Int.random(in: 0...length, using: &self)).map { _ in characters.randomElement(using: &self)! })
    }
}

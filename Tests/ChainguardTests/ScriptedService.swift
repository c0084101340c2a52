import AWSCaller
import FoundationEssentials
import Synchronization
import Transport

@testable import Chainguard

/// A service that answers as a test says, and remembers what it was asked.
final class ScriptedService: HTTPTransport {
    typealias Answer = Result<HTTPResponse, TransportError>

    private let script: @Sendable (HTTPRequest, Int) -> Answer
    private let asked = Mutex<[HTTPRequest]>([])
    private let load = Mutex<(now: Int, peak: Int)>((0, 0))

    /// - Parameter script: the answer to a request and its number, counted from 1.
    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Answer) {
        self.script = script
    }

    var requests: [HTTPRequest] { asked.withLock { $0 } }
    var paths: [String] { requests.map { $0.method.rawValue + " " + $0.path } }
    /// How many requests were under way at once.
    var peak: Int { load.withLock { $0.peak } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = asked.withLock { asked in
            asked.append(request)
            return asked.count
        }
        load.withLock { $0 = ($0.now + 1, max($0.peak, $0.now + 1)) }
        await Task.yield()
        load.withLock { $0.now -= 1 }
        return try script(request, number).get()
    }
}

extension HTTPRequest {
    /// Path without query.
    var path: String {
        let afterScheme = url.drop { $0 != ":" }.dropFirst(3)
        return String(afterScheme.drop { $0 != "/" }.prefix { $0 != "?" })
    }

    /// The query's or the form's values of a name, decoded.
    func values(_ name: String) -> [String] {
        let query = method == .post ? String(decoding: body, as: UTF8.self) : String(url.drop { $0 != "?" }.dropFirst())
        return query.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 && parts[0] == name ? parts[1].removingPercentEncoding : nil
        }
    }
}

extension ScriptedService.Answer {
    static func json(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Self {
        .success(HTTPResponse(status: status, headers: headers, body: Array(text.utf8)))
    }

    static func refusal(_ status: Int, _ code: RPCCode, _ message: String) -> Self {
        .json(#"{"code": \#(code.rawValue), "message": "\#(message)", "details": []}"#, status: status)
    }

    static func broken(_ reason: TransportError.Reason) -> Self {
        .failure(TransportError(reason, host: "example.test"))
    }
}

/// Pauses that take no time and are remembered.
final class Pauses: Sendable {
    private let taken = Mutex<[Duration]>([])

    var all: [Duration] { taken.withLock { $0 } }

    func policy(attempts: Int = 3, growth: Int = 1) -> RetryPolicy {
        RetryPolicy(
            attempts: attempts, backoff: .milliseconds(100), growth: growth, jitter: { .milliseconds(7) },
            sleep: { pause in
                self.taken.withLock { $0.append(pause) }
                return true
            })
    }
}

/// Values remembered in the order in which they came.
final class Record<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func add(_ value: Value) { values.withLock { $0.append(value) } }
}

enum Example {
    static let now = Date(timeIntervalSince1970: 1_785_585_600)
    static let root = UIDP(String(repeating: "a", count: 40))!
    static let group = Group(uid: root, name: "example.com")
    static let viewer = Role(uid: UIDP(String(repeating: "1", count: 40))!, name: "viewer")
    static let puller = Role(uid: UIDP(String(repeating: "2", count: 40))!, name: "registry.pull")
    static let caller = CallerIdentity(
        account: "012345678901",
        arn: ARN("arn:aws:sts::012345678901:assumed-role/ci.build/i-0abc")!, userID: "AROAEXAMPLEEXAMPLE00:i-0abc")

    static func identity(_ number: Int) -> UIDP {
        let digits = String(number, radix: 16)
        return UIDP("\(root)/" + String(repeating: "0", count: 16 - digits.count) + digits)!
    }

    /// An unsigned JWT with these claims.
    static func jwt(_ claims: String) -> String {
        [#"{"alg":"none"}"#, claims, "sig"].map { part in
            Data(part.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }.joined(separator: ".")
    }

    static let personToken = Secret(
        jwt(
            #"{"iss":"https://issuer.test","sub":"person","aud":"https://api.test","exp":1785589200,"email":"a@example.com"}"#
        ))
}

/// Runs the body with a new folder, which is removed afterwards.
func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/chainguard-tests-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// The failure that the body throws.
func failure(_ body: () async throws -> Void) async -> Failure? {
    do {
        try await body()
        return nil
    } catch {
        return error as? Failure
    }
}

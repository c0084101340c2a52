import Synchronization
import Transport

/// What a service does wrong instead of answering.
public enum FailureMode: Sendable, Hashable {
    /// Answers rightly, but only after this long.
    case slow(Duration)
    /// Answers with this status and no body, as a broken gateway does.
    case status(Int)
    /// Does what was asked, but answers with this status and no body, as a gateway whose patience ended.
    case doneButStatus(Int)
    /// Closes the connection without an answer.
    case cut
    /// Does what was asked and closes the connection without an answer.
    case doneButCut
    /// Answers 200 with something that is not what it says it is.
    case garbage
    /// Answers 200 with a page to sign in on, as a captive portal does.
    case webPage
    /// Answers 429 (`RESOURCE_EXHAUSTED`), with the seconds to wait where there are any.
    case rateLimited(retryAfter: Int?)
    /// Answers with this error of AWS's query protocol.
    case awsError(code: String, status: Int)
    /// Sends the client, and its bearer token, elsewhere.
    case redirect(to: String)
    /// Answers 200 with this many bytes.
    case oversized(bytes: Int)
}

/// A failure for every path that begins with a prefix.
public struct FailureRule: Sendable, Hashable {
    /// `/` alone means the AWS STS endpoint, which has no path of its own.
    public var pathPrefix: String
    public var mode: FailureMode
    /// How many requests it spoils; `nil` for all of them.
    public var times: Int?

    public init(_ pathPrefix: String, _ mode: FailureMode, times: Int? = nil) {
        self.pathPrefix = pathPrefix
        self.mode = mode
        self.times = times
    }

    func applies(to path: String) -> Bool {
        pathPrefix == "/" ? path == "/" : path.hasPrefix(pathPrefix)
    }
}

/// The rules in force; the first that applies is used.
final class FailureRules: Sendable {
    private let rules: Mutex<[FailureRule]>

    init(_ rules: [FailureRule]) {
        self.rules = Mutex(rules)
    }

    func replace(with new: [FailureRule]) {
        rules.withLock { $0 = new }
    }

    /// Takes one turn of the rule that applies.
    func next(for path: String) -> FailureMode? {
        rules.withLock { rules in
            guard let index = rules.firstIndex(where: { $0.applies(to: path) && $0.times != 0 }) else { return nil }
            rules[index].times = rules[index].times.map { $0 - 1 }
            return rules[index].mode
        }
    }
}

extension FailureMode {
    /// The spoilt answer.
    func spoil(_ request: Incoming, _ answer: () async -> Reply) async -> Reply {
        switch self {
        case .slow(let delay):
            try? await Task.sleep(for: delay)
            return await answer()
        case .status(let status):
            return Reply(status: status)
        case .doneButStatus(let status):
            _ = await answer()
            return Reply(status: status)
        case .cut:
            return Reply(status: 0)
        case .doneButCut:
            _ = await answer()
            return Reply(status: 0)
        case .garbage:
            return .text("{\"token\": \u{1}", type: "application/json")
        case .webPage:
            return .text("<!doctype html><title>Guest network</title><p>Accept the terms.", type: "text/html")
        case .rateLimited(let seconds):
            var reply = StatusError(.resourceExhausted, "quota exceeded").reply
            reply.headers["Retry-After"] = seconds.map(String.init)
            return reply
        case .awsError(let code, let status):
            return STSAnswer(askedFor: request).error(STSError(code, status: status, "on purpose"), id: "0")
        case .redirect(let target):
            return Reply(status: 302, headers: ["Location": target])
        case .oversized(let bytes):
            return Reply(
                status: 200, headers: ["Content-Type": "application/json"],
                body: [UInt8](repeating: UInt8(ascii: " "), count: bytes))
        }
    }
}

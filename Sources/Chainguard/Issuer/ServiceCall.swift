import AWSCaller
import FoundationEssentials
import Transport

/// A refusal in the service's own words.
struct Refusal: Sendable, Hashable {
    var code: RPCCode
    var httpStatus: Int
    var message: String
    /// The service's clock, from the `Date` field of its answer.
    var serverDate: Date?
    /// How long it asks to be left alone (`Retry-After`, RFC 9110 section 10.2.3).
    var retryAfter: Duration?

    /// The words with their code, for `Failure.detail`.
    var words: String { message.isEmpty ? "HTTP \(httpStatus), \(code.title)" : "\(message) (\(code.title))" }
}

/// Why a call to one of Chainguard's services gave no answer.
enum CallError: Error, Sendable {
    case unreachable(TransportError)
    case refused(Refusal)
    /// An answer that is not what was asked for; what it is instead.
    case garbage(Garbage, expected: String, detail: String)
    case cancelled
}

/// What arrived instead of an answer.
enum Garbage: Sendable, Hashable {
    case webPage
    case redirect
    case other
}

/// One call: sent once or, where the retry policy says so, again.
struct ServiceCall: Sendable {
    static let maximumErrorBytes = 4 << 10
    static let maximumMessageCharacters = 500

    var transport: any HTTPTransport
    var retry: RetryPolicy

    /// - Returns: an answer with status 2xx.
    func send(_ request: HTTPRequest, retrying codes: Set<RPCCode>) async throws(CallError) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(CallError) {
                return try await sendOnce(request)
            } catch {
                guard attempt < retry.attempts, case .refused(let refusal) = error, codes.contains(refusal.code),
                    await retry.pause(after: attempt, asked: refusal.retryAfter)
                else { throw error }
                attempt += 1
            }
        }
    }

    private func sendOnce(_ request: HTTPRequest) async throws(CallError) -> HTTPResponse {
        if Task.isCancelled { throw .cancelled }
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.send(request)
        } catch {
            throw error.reason == .cancelled ? .cancelled : .unreachable(error)
        }
        switch response.status {
        case 200..<300: return response
        case 300..<400: throw .garbage(.redirect, expected: "an answer", detail: Self.redirect(response))
        default: throw .refused(Self.refusal(response))
        }
    }

    private static func redirect(_ response: HTTPResponse) -> String {
        let target = response.headers["Location"].map { " to " + String($0.prefix { $0 != "?" }.prefix(200)) } ?? ""
        return "a redirect\(target), which is never followed with a token"
    }

    /// Reads `google.rpc.Status` (`{"code": 16, "message": "…"}`) from the body, which knows more than the HTTP status.
    static func refusal(_ response: HTTPResponse) -> Refusal {
        let status = try? JSONValue(reading: Array(response.body.prefix(maximumErrorBytes)))
        let message = status?.text("message") ?? (isWebPage(response) ? "a web page" : "")
        let serverDate = response.headers["Date"].flatMap(HTTPDate.parse)
        return Refusal(
            code: status?.integer("code").flatMap(RPCCode.init(rawValue:)) ?? RPCCode(httpStatus: response.status),
            httpStatus: response.status, message: String(message.prefix(maximumMessageCharacters)),
            serverDate: serverDate, retryAfter: response.headers["Retry-After"].flatMap { pause($0, from: serverDate) })
    }

    /// Seconds, or the moment by the server's own clock.
    private static func pause(_ text: String, from serverDate: Date?) -> Duration? {
        if let seconds = Int(text), seconds >= 0 { return .seconds(seconds) }
        guard let end = HTTPDate.parse(text), let serverDate else { return nil }
        return .seconds(max(0, end.timeIntervalSince(serverDate)))
    }

    private static func isWebPage(_ response: HTTPResponse) -> Bool {
        response.headers["Content-Type"]?.lowercased().hasPrefix("text/html") == true
            || response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
    }

    /// The body as a JSON object.
    static func object(_ response: HTTPResponse, expected: String) throws(CallError) -> JSONValue {
        let value: JSONValue
        do throws(JSONReadingError) {
            value = try JSONValue(reading: response.body)
        } catch {
            throw .garbage(isWebPage(response) ? .webPage : .other, expected: expected, detail: "\(error)")
        }
        guard value.isObject else { throw .garbage(.other, expected: expected, detail: "JSON, but no object") }
        return value
    }
}

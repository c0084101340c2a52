/// Why no answer arrived.
public struct TransportError: Error, Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        case invalidURL
        /// Plain http to a host where it would expose credentials.
        case insecureURL
        case unknownHost
        case connectionRefused
        case connectionFailed
        case connectTimeout
        case timeout
        /// The certificate was not accepted, or TLS could not be agreed on.
        case tls
        case answerTooLarge
        /// The other side answered with something that is not HTTP.
        case malformedAnswer
        case cancelled
    }

    public var reason: Reason
    /// Host and port that were asked, for messages.
    public var host: String
    /// The library's own words, bounded; never holds headers or bodies.
    public var detail: String

    public init(_ reason: Reason, host: String, detail: String = "") {
        self.reason = reason
        self.host = host
        self.detail = detail
    }
}

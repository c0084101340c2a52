import FoundationEssentials

/// Where STS is asked and for which region the request is signed.
public struct STSEndpoint: Sendable, Hashable {
    /// Base URL without a slash at its end.
    public var url: String
    /// The region in the credential scope, which the endpoint checks.
    public var signingRegion: String
    /// Why this one, for people.
    public var origin: String

    public init(url: String, signingRegion: String, origin: String) {
        self.url = url
        self.signingRegion = signingRegion
        self.origin = origin
    }

    /// The one global STS host; it exists in the commercial partition only and is signed for `us-east-1`.
    public static let globalHost = "sts.amazonaws.com"

    /// `sts.amazonaws.com`, which signs for us-east-1 (AWS STS endpoints and quotas).
    public static let global = STSEndpoint(
        url: "https://\(globalHost)", signingRegion: "us-east-1", origin: "the global endpoint, as no region is set")
}

/// What `GetCallerIdentity` answered and what was seen on the way.
public struct CallerAnswer: Sendable, Hashable {
    /// Who is calling.
    public var identity: CallerIdentity
    /// AWS's, for its support.
    public var requestID: String
    /// Which was asked.
    public var endpoint: STSEndpoint
    /// The answer's `Date` header.
    public var serverDate: Date?
    /// The server's clock minus this host's, judged at the middle of the exchange; whole seconds are all a `Date`
    /// header tells.
    public var clockDifference: Duration?
    /// From the first try to the answer.
    public var elapsed: Duration

    public init(
        identity: CallerIdentity, requestID: String, endpoint: STSEndpoint, serverDate: Date? = nil,
        clockDifference: Duration? = nil, elapsed: Duration = .zero
    ) {
        self.identity = identity
        self.requestID = requestID
        self.endpoint = endpoint
        self.serverDate = serverDate
        self.clockDifference = clockDifference
        self.elapsed = elapsed
    }
}

import FoundationEssentials

/// How a sandbox is set up.
public struct SandboxOptions: Sendable {
    /// The port on 127.0.0.1; `nil` takes any free one. Tokens name their issuer by it, so a kept state serves best
    /// with a fixed port.
    public var port: Int?
    /// A JSON file that keeps the organization and the signing key across runs (0600, written atomically).
    public var stateFile: String?
    /// The clock of every service in the sandbox; its answers carry it in the `Date` header.
    public var now: @Sendable () -> Date
    /// Every service's clock minus `now`.
    public var clockOffset: Duration = .zero
    /// Which AWS caller the sandbox's environment stands for.
    public var caller: SandboxCaller.Name?
    /// Answers IMDS requests that carry no token (IMDSv1); real instances refuse them by default.
    public var allowsIMDSv1: Bool
    /// How long the issuer's tokens last.
    public var tokenLifetime: Duration
    /// Serves https (HTTP/2 where the client offers it) instead of http, with this certificate.
    public var tls: SandboxCertificate?
    /// What goes wrong on purpose, from the start.
    public var failures: [FailureRule]
    /// Identities besides the example ones, so that there are this many in all; a kept state keeps its own.
    public var identities: Int?
    /// Adds names that hold control sequences; a kept state keeps its own.
    public var holdsHostileText = false

    public init(
        port: Int? = nil, stateFile: String? = nil, now: @escaping @Sendable () -> Date = { Date() },
        caller: SandboxCaller.Name? = .role, allowsIMDSv1: Bool = false,
        tokenLifetime: Duration = .seconds(3600), tls: SandboxCertificate? = nil, failures: [FailureRule] = [],
        identities: Int? = nil
    ) {
        self.port = port
        self.stateFile = stateFile
        self.now = now
        self.caller = caller
        self.allowsIMDSv1 = allowsIMDSv1
        self.tokenLifetime = tokenLifetime
        self.tls = tls
        self.failures = failures
        self.identities = identities
    }
}

extension SandboxOptions {
    /// With the time that the services go by.
    var onServersClock: SandboxOptions {
        var options = self
        let (now, offset) = (now, TimeInterval(clockOffset.components.seconds))
        options.now = { now().addingTimeInterval(offset) }
        return options
    }
}

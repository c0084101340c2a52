/// How a command ended and what it wrote.
public struct ProcessResult: Sendable, Hashable {
    /// The exit status; 128 and the signal's number when a signal ended it.
    public var status: Int
    /// What it wrote there; it may be a secret.
    public var standardOutput: [UInt8]
    /// What it complained of.
    public var standardError: [UInt8]

    public init(status: Int, standardOutput: [UInt8], standardError: [UInt8]) {
        self.status = status
        self.standardOutput = standardOutput
        self.standardError = standardError
    }
}

/// Runs commands; handed in so that tests and the sandbox decide what runs.
public protocol ProcessRunning: Sendable {
    /// Runs a command line with `/bin/sh -c` and waits for its end.
    /// - Parameter limit: bytes of output and of errors that are read, each; more is a failure.
    /// - Throws: `Failure` when it can't be started, writes more than `limit`, or takes longer than `timeout`.
    func run(
        shell command: String, environment: Environment, limit: Int, timeout: Duration
    ) async throws(Failure) -> ProcessResult
}

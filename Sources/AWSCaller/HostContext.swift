import FoundationEssentials
import Transport

/// The process environment as a value.
public struct Environment: Sendable, Equatable {
    /// As they are, blank ones included; they may hold secrets.
    public var variables: [String: String]

    public init(_ variables: [String: String] = [:]) {
        self.variables = variables
    }

    /// The variable's value; `nil` when unset or blank (white space too), as the SDKs read it.
    public subscript(name: String) -> String? {
        guard let value = variables[name], !value.allSatisfy(\.isWhitespace) else { return nil }
        return value
    }
}

/// Shows the variables' names only: values may be secrets.
extension Environment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Environment(\(variables.keys.sorted().joined(separator: ", ")))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Reads files; handed in so that tests and the sandbox decide what exists.
public protocol FileReading: Sendable {
    /// The file's bytes, at most `limit` of them.
    /// - Returns: `nil` when the file does not exist.
    /// - Throws: `Failure` when it exists but can't be read, or is longer than `limit`.
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]?
}

/// Writes files that only their owner may read.
public protocol FileWriting: Sendable {
    /// Replaces the file whole or not at all; folders that are missing are made.
    func write(_ bytes: [UInt8], to path: String) throws(Failure)
    /// Keeps others from changing what a folder holds, as long as the lock is held.
    func lock(_ folder: String) async throws(Failure) -> FolderLock?
}

extension FileWriting {
    /// Without a real folder there is nobody to keep off.
    public func lock(_ folder: String) async throws(Failure) -> FolderLock? { nil }
}

/// The real file system: 0600 in folders of 0700, never through a link.
public struct PrivateFiles: FileWriting {
    public init() {}

    public func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        try PrivateFile.write(bytes, to: path)
    }

    public func lock(_ folder: String) async throws(Failure) -> FolderLock? { try await FolderLock.take(folder) }
}

/// Everything outside the process that detection and signing depend on.
public struct HostContext: Sendable {
    /// Where credentials, profiles and endpoints are looked up first.
    public var environment: Environment
    /// The AWS files, token files and caches.
    public var files: any FileReading
    /// Every request goes through it.
    public var transport: any HTTPTransport
    /// The clock that requests are signed by.
    public var now: @Sendable () -> Date
    /// Runs a profile's `credential_process`.
    public var processes: any ProcessRunning
    /// Keeps renewed SSO tokens; `nil` leaves the files as they are.
    public var writer: (any FileWriting)?

    public init(
        environment: Environment, files: any FileReading, transport: any HTTPTransport,
        now: @escaping @Sendable () -> Date, processes: any ProcessRunning = PosixProcesses(),
        writer: (any FileWriting)? = nil
    ) {
        self.environment = environment
        self.files = files
        self.transport = transport
        self.now = now
        self.processes = processes
        self.writer = writer
    }

    /// By the host's clock, never negative.
    func elapsed(since start: Date) -> Duration { .seconds(max(0, now().timeIntervalSince(start))) }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import Synchronization

/// The state, changed one request at a time and written to its file after each change.
final class Store: Sendable {
    /// A state and how many changes led to it.
    struct Snapshot: Sendable {
        var state: SandboxState
        var revision = 0
    }

    private let kept: Mutex<Snapshot>
    private let file: String?

    /// Reads the file, or writes it with a first state when it is not there.
    /// - Throws: when the file is there but is no state of this version, or can't be written.
    init(file: String?, first: () -> SandboxState) throws {
        self.file = file
        if let file, let kept = try Self.read(file) {
            self.kept = Mutex(Snapshot(state: kept))
        } else {
            let made = first()
            kept = Mutex(Snapshot(state: made))
            try Self.write(made, to: file)
        }
    }

    var snapshot: Snapshot { kept.withLock { $0 } }
    var current: SandboxState { snapshot.state }

    /// Changes the state, and keeps the change only when it could be written.
    func change<Result: Sendable>(
        _ body: @Sendable (inout SandboxState) throws(StatusError) -> Result
    ) throws(StatusError) -> Result {
        try kept.withLock { kept throws(StatusError) in
            var changed = kept.state
            let result = try body(&changed)
            guard changed != kept.state else { return result }
            do {
                try Self.write(changed, to: file)
            } catch {
                throw StatusError(.internal, "the sandbox's state could not be written: \(error)")
            }
            kept = Snapshot(state: changed, revision: kept.revision + 1)
            return result
        }
    }

    /// - Returns: `nil` when there is no such file.
    private static func read(_ file: String) throws(SandboxError) -> SandboxState? {
        do {
            guard let contents = try PrivateFile.read(file, limit: maximumBytes) else { return nil }
            let state = try JSONDecoder().decode(SandboxState.self, from: Data(contents.bytes))
            guard state.version == SandboxState.currentVersion else {
                throw SandboxError.state(file, "it is of version \(state.version)")
            }
            return state
        } catch let error as SandboxError {
            throw error
        } catch let error as Failure {
            throw .state(file, error.description)
        } catch {
            throw .state(file, "it holds no state of a sandbox")
        }
    }

    private static func write(_ state: SandboxState, to file: String?) throws(SandboxError) {
        guard let file else { return }
        do {
            try PrivateFile.write(Array(JSON.encoder.encode(state)), to: file)
        } catch {
            throw .state(file, "\(error)")
        }
    }

    private static let maximumBytes = 64 << 20
}

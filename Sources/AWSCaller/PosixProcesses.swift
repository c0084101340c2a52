import Dispatch
import Glibc
import Synchronization

/// Real processes, by `posix_spawn`.
public struct PosixProcesses: ProcessRunning {
    public init() {}

    /// Runs a program to its end, within a time and an amount of output.
    public func run(
        shell command: String, environment: Environment, limit: Int, timeout: Duration
    ) async throws(Failure) -> ProcessResult {
        let cancelled = CancelFlag()
        let outcome: Result<ProcessResult, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    let child = ShellChild(limit: limit, deadline: ContinuousClock.now + timeout, cancelled: cancelled)
                    continuation.resume(returning: child.run(command, environment.variables))
                }
            }
        } onCancel: {
            cancelled.set()
        }
        return try outcome.get()
    }
}

private final class CancelFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}

/// A shell with its two output pipes, run on a thread that may block.
private struct ShellChild {
    let limit: Int
    let deadline: ContinuousClock.Instant
    let cancelled: CancelFlag

    func run(_ command: String, _ environment: [String: String]) -> Result<ProcessResult, Failure> {
        var output: [Int32] = [-1, -1]
        var errors: [Int32] = [-1, -1]
        guard Self.pipe(&output) else { return .failure(unstartable(errno)) }
        guard Self.pipe(&errors) else {
            let code = errno
            for end in output { close(end) }
            return .failure(unstartable(code))
        }
        defer {
            close(output[0])
            close(errors[0])
        }
        let started = spawn(command, environment, output: output[1], errors: errors[1])
        close(output[1])
        close(errors[1])
        switch started {
        case .failure(let failure): return .failure(failure)
        case .success(let pid): return collect(pid, output[0], errors[0])
        }
    }

    private static func pipe(_ ends: inout [Int32]) -> Bool {
        guard Glibc.pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }

    private func spawn(
        _ command: String, _ environment: [String: String], output: Int32, errors: Int32
    ) -> Result<pid_t, Failure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that whatever the shell started can be ended with it.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        var arguments = ["/bin/sh", "-c", command].map { $0.withCString { strdup($0) } } + [nil]
        var variables = environment.map { "\($0.key)=\($0.value)".withCString { strdup($0) } } + [nil]
        defer {
            for string in arguments + variables { free(string) }
        }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, &variables)
        return code == 0 ? .success(pid) : .failure(unstartable(code))
    }

    private func collect(_ pid: pid_t, _ output: Int32, _ errors: Int32) -> Result<ProcessResult, Failure> {
        var streams = [Stream(descriptor: output), Stream(descriptor: errors)]
        var problem: Failure?
        while problem == nil, streams.contains(where: { !$0.isAtEnd }) {
            var polled = streams.map { pollfd(fd: $0.isAtEnd ? -1 : $0.descriptor, events: Int16(POLLIN), revents: 0) }
            poll(&polled, nfds_t(polled.count), 50)
            for index in streams.indices where polled[index].revents != 0 { streams[index].read() }
            problem = self.problem(streams)
        }
        var status: Int32 = 0
        while problem == nil, waitpid(pid, &status, WNOHANG) == 0 {
            usleep(2_000)
            problem = self.problem(streams)
        }
        if let problem {
            kill(-pid, SIGKILL)
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            return .failure(problem)
        }
        let signal = status & 0x7F
        return .success(
            ProcessResult(
                status: signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal),
                standardOutput: streams[0].bytes, standardError: streams[1].bytes))
    }

    private func problem(_ streams: [Stream]) -> Failure? {
        if cancelled.isSet { return Failure("Cancelled", category: .cancelled) }
        if streams.contains(where: { $0.bytes.count > limit }) {
            return Failure("The command printed more than \(limit) bytes", category: .noCredentials)
        }
        guard ContinuousClock.now >= deadline else { return nil }
        return Failure("The command did not end in time and was stopped", category: .noCredentials)
    }

    private func unstartable(_ code: Int32) -> Failure {
        Failure("/bin/sh can't be started", detail: String(cString: strerror(code)), category: .noCredentials)
    }

    private struct Stream {
        let descriptor: Int32
        var bytes: [UInt8] = []
        var isAtEnd = false

        init(descriptor: Int32) {
            self.descriptor = descriptor
        }

        mutating func read() {
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { isAtEnd = true }
        }
    }
}

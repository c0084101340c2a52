import CTerminalSupport
import Glibc

/// A program that runs in a pseudo-terminal of 80x24, looked at from outside.
final class TerminalProgram {
    private let master: Int32
    private let process: pid_t
    private let started = ContinuousClock.now

    /// - Parameter environment: `NAME=value`.
    init?(_ path: String, _ arguments: [String], environment: [String]) {
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        var (master, slave) = (Int32(-1), Int32(-1))
        var name = [CChar](repeating: 0, count: 64)
        guard openpty(&master, &slave, &name, nil, &size) == 0 else { return nil }
        defer { close(slave) }
        for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        self.master = master
        let terminal = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let process = Self.spawn(path, arguments, environment, terminal: terminal) else { return nil }
        self.process = process
    }

    /// `POSIX_SPAWN_SETSID`, a macro that Swift does not import.
    private static let ownSession: Int16 = 0x80

    /// A leader of its own session gets the terminal that it opens first as its controlling one.
    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], terminal: String
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        posix_spawnattr_setflags(&attributes, Self.ownSession)
        let argv = ([path] + arguments).map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var process = pid_t()
        guard posix_spawn(&process, path, &actions, &attributes, argv, envp) == 0 else { return nil }
        return process
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(master)
    }

    /// From the start until a screenful was written and nothing more followed for 5 ms.
    /// - Returns: nanoseconds; `nil` when nothing was painted within two seconds.
    func firstPaint() -> Double? { settled(since: started, atLeast: 200) }

    /// From a key until what it changed was written.
    func answer(to key: String) -> Double? {
        let pressed = ContinuousClock.now
        _ = key.withCString { write(master, $0, strlen($0)) }
        return settled(since: pressed, atLeast: 1)
    }

    private func settled(since start: ContinuousClock.Instant, atLeast wanted: Int) -> Double? {
        var (bytes, last) = (0, start)
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var waited = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&waited, 1, bytes >= wanted ? 5 : 2000) > 0 else { break }
            let count = read(master, &block, block.count)
            guard count > 0 else { break }
            (bytes, last) = (bytes + count, .now)
        }
        let (seconds, attoseconds) = (last - start).components
        return bytes >= wanted ? Double(seconds) * 1e9 + Double(attoseconds) / 1e9 : nil
    }

    /// Lets it write for as long as it likes within this time.
    func watch(seconds: Int32) {
        let end = ContinuousClock.now + .seconds(Int64(seconds))
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while ContinuousClock.now < end {
            var waited = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            if poll(&waited, 1, 100) > 0, read(master, &block, block.count) <= 0 { return }
        }
    }

    /// Processor time used so far, in nanoseconds (proc(5), fields 14 and 15 of `stat`).
    var processorTime: Double {
        let fields = (Self.contents("/proc/\(process)/stat").split(separator: ")").last ?? "").split(separator: " ")
        let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK))) * 1e9
    }

    /// Resident memory in bytes (proc(5), `statm`).
    var residentBytes: Int {
        let fields = Self.contents("/proc/\(process)/statm").split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(getpagesize()) : 0
    }

    private static func contents(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var block = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &block, block.count)
        return String(decoding: block.prefix(max(0, count)), as: UTF8.self)
    }
}

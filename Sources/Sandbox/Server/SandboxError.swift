/// Why a sandbox could not start.
public enum SandboxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The state file is not usable: path, reason.
    case state(String, String)
    /// The port can't be had: number, reason.
    case port(Int, String)

    public var description: String {
        switch self {
        case .state(let file, let reason): "the sandbox's state file \(file) can't be used: \(reason)"
        case .port(let port, let reason): "port \(port) on 127.0.0.1 can't be had: \(reason)"
        }
    }
}

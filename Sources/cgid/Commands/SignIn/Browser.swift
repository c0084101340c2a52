import AWSCaller
import Glibc

/// Shows a page to the person: in a browser where there is one, and always as a URL to open.
struct Browser: Sendable {
    /// The command that opens a page; `nil` where none can be expected.
    let command: String?
    private let isRemote: Bool

    /// `BROWSER` names the command (its first, where there are several); else `xdg-open` where a display is.
    init(environment: Environment) {
        isRemote = environment["SSH_CONNECTION"] != nil
        if let named = environment["BROWSER"]?.split(separator: ":").first {
            command = String(named)
        } else {
            let hasDisplay = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
            command = hasDisplay && !isRemote ? "xdg-open" : nil
        }
    }

    func open(_ url: String, port: Int) {
        let isOpened = command.map { Self.start($0, url) } ?? false
        Console.complain(isOpened ? "A browser opens this page; sign in there:" : "Open this page and sign in:")
        Console.complain("\n\(url)\n")
        guard isRemote else { return }
        Console.complain(
            "The page comes back to port \(port) of this host: ssh -L \(port):127.0.0.1:\(port) brings it here, "
                + "or use 'cgid signin --headless'")
    }

    /// Not waited for: a browser may stay in the foreground.
    private static func start(_ command: String, _ url: String) -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(command), strdup(url), nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        return posix_spawnp(&child, command, &actions, nil, &arguments, environ) == 0
    }
}

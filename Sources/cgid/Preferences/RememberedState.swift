import AWSCaller
import Chainguard
import FoundationEssentials
import Screens

/// What the interface leaves for its next start, in the state folder. It is a convenience: what can't be read or
/// written is passed over.
struct RememberedState: Sendable, Equatable, Codable {
    var memory = Memory()
    /// The theme that was configured when another one was chosen on screen. The choice counts until the configuration
    /// says something else.
    var configuredTheme: String?

    private static let maximumBytes = 1 << 16

    private static func path(_ folder: String) -> String { folder + "/interface.json" }

    static func load(folder: String?, configuredTheme: String?) -> RememberedState {
        guard let folder, let contents = try? PrivateFile.read(path(folder), limit: maximumBytes),
            var state = try? JSONDecoder().decode(RememberedState.self, from: Data(contents.bytes))
        else { return RememberedState(configuredTheme: configuredTheme) }
        if state.configuredTheme != configuredTheme { state.memory.theme = nil }
        state.configuredTheme = configuredTheme
        return state
    }

    func save(folder: String?) {
        guard let folder, let text = try? JSONOutput.text(self) else { return }
        try? PrivateFile.write(Array(text.utf8), to: Self.path(folder))
    }
}

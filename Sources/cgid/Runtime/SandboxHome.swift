import AWSCaller
import Chainguard
import FoundationEssentials
import Glibc
import Sandbox

/// A running sandbox and a private folder in which its operator is signed in; both are gone after `close`.
struct SandboxHome: Sendable {
    let sandbox: Sandbox
    let folder: String

    var cacheFolder: String { folder + "/cache/chainguard" }
    var stateFolder: String { folder + "/state" }

    /// The variables of this program in the sandbox, whose home the folder is.
    var environment: [String: String] {
        variables(["HOME": folder])
    }

    /// The variables of programs beside this one, which keep their own home.
    var exports: [String: String] {
        variables([
            "AWS_CONFIG_FILE": folder + "/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": folder + "/.aws/credentials",
        ])
    }

    private func variables(_ files: [String: String]) -> [String: String] {
        let folders = ["XDG_CACHE_HOME": folder + "/cache", "XDG_STATE_HOME": stateFolder]
        return sandbox.environment.merging(folders) { $1 }.merging(files) { $1 }
    }

    static func open(_ options: SandboxOptions = SandboxOptions()) async throws -> SandboxHome {
        let folder = try makePrivateFolder()
        do {
            let sandbox = try await Sandbox.start(options)
            let home = SandboxHome(sandbox: sandbox, folder: folder)
            try await TokenCache(folder: home.cacheFolder)
                .write(sandbox.operatorTokens(), audience: sandbox.endpoints.audience, alias: nil)
            for (path, text) in try await sandbox.awsFiles(home: folder) {
                try PrivateFiles().write(Array(text.utf8), to: "\(folder)/\(path)")
            }
            return home
        } catch {
            remove(folder)
            throw error
        }
    }

    func close() async {
        await sandbox.stop()
        Self.remove(folder)
    }

    private static func makePrivateFolder() throws(Failure) -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/cgid-sandbox-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(
                "No private folder could be made in \(base)", remedy: "Set TMPDIR to a folder that can be written",
                detail: String(cString: strerror(errno)), category: .usage)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func remove(_ folder: String) {
        try? FileManager.default.removeItem(atPath: folder)
    }
}

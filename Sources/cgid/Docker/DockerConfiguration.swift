import AWSCaller
import Chainguard
import Glibc

/// docker's `config.json`, as far as credential helpers are named in it.
struct DockerConfiguration {
    static let maximumBytes = 1 << 20

    /// The file itself, where the path leads to it over links.
    let path: String

    /// `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`.
    /// - Throws: `.usage` when neither variable is set.
    init(environment: Environment) throws(Failure) {
        guard let folder = environment["DOCKER_CONFIG"] ?? environment["HOME"].map({ $0 + "/.docker" }) else {
            throw Failure("docker's configuration has no place", remedy: "Set HOME or DOCKER_CONFIG", category: .usage)
        }
        path = Self.resolved("\(folder)/config.json")
    }

    /// People keep their settings elsewhere and link to them: the link stays, what it leads to is replaced.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Makes docker ask `helper` for the registry's credentials; everything else stays, in its order.
    /// - Returns: false when it did so already.
    func setHelper(_ helper: String, for registry: String) throws(Failure) -> Bool {
        let old = try PrivateFile.read(path, limit: Self.maximumBytes)
        var document = JSONValue.object([])
        if let old { document = try read(old.bytes) }
        guard document.set(.string(helper), at: "credHelpers", registry) else { return false }
        try PrivateFile.write(Array((document.indented(by: "\t") + "\n").utf8), to: path, mode: old?.mode ?? 0o600)
        return true
    }

    private func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        let wrong = { (detail: String) in
            Failure(
                "docker's configuration \(path) can't be read as JSON, so it is left as it is",
                remedy: "Correct it, or move it away", detail: detail, category: .usage)
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A }) { return .object([]) }
        let document: JSONValue
        do throws(JSONReadingError) {
            document = try JSONValue(reading: bytes)
        } catch {
            throw wrong("\(error)")
        }
        guard document.isObject else { throw wrong("it is no object") }
        return document
    }
}

import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

/// A token handed to a command: as its argument, or on stdin.
struct TokenArgument: ParsableArguments {
    @Argument(help: "The token; '-' or nothing reads it from stdin.")
    var token: String?

    /// A real token is some 2 KiB; session tokens of several KiB occur.
    private static let limit = 1 << 20

    /// As given: an empty token and what is no UTF-8 get their verdict like any other.
    /// - Throws: `Failure` of category `.usage` for the path of a file, which is taken for no token.
    func read() throws(Failure) -> String {
        if let token, token != "-" {
            if Self.isPath(token) { throw Self.pathGiven(token) }
            return token
        }
        return String(decoding: try StandardInput.read(limit: Self.limit), as: UTF8.self)
    }
}

extension TokenArgument {
    /// Base64 holds no dot and tokens begin with a method's letters, so nothing that begins so is one.
    private static func isPath(_ text: String) -> Bool {
        text.wholeMatch(of: /(\.{0,2}|~)(\/[A-Za-z0-9._-]+)+\/?/) != nil && text.utf8.count < 1024
    }

    private static func pathGiven(_ path: String) -> Failure {
        guard FileManager.default.fileExists(atPath: path) else {
            return Failure(
                "There is no such file: \(path)", remedy: "Give the token itself, or '-' and the file on stdin",
                category: .usage)
        }
        return Failure(
            "\(path) is a file and no token", remedy: "Give '-' and the file on stdin: - < \(path)", category: .usage)
    }
}

/// `--now`: an RFC 3339 moment instead of the clock's, for reproducible checks.
struct NowOption: ParsableArguments {
    @Option(help: "Take this moment (RFC 3339) for now.")
    var now: String?

    func validate() throws {
        guard let now, Self.parse(now) == nil else { return }
        throw ValidationError("--now takes a moment like 2026-01-31T12:00:00Z, not '\(now)'")
    }

    func moment(_ clock: () -> Date) -> Date {
        now.flatMap(Self.parse) ?? clock()
    }

    private static func parse(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}

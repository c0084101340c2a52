import Foundation
import Synchronization
import Testing

/// Parts of README.md that are made from the program, between `<!-- NAME -->` and `<!-- /NAME -->`.
/// `CGID_RECORD_GOLDENS=1` writes them.
public enum Readme {
    /// Tests run beside each other, and each rewrites the whole file.
    private static let file = Mutex(())

    public static func check(_ name: String, _ text: String, at location: SourceLocation = #_sourceLocation) throws {
        try file.withLock { _ in try checkAlone(name, text, at: location) }
    }

    private static func checkAlone(_ name: String, _ text: String, at location: SourceLocation) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let (start, end) = ("<!-- \(name) -->\n", "\n<!-- /\(name) -->")
        let first = try #require(readme.range(of: start), sourceLocation: location).upperBound
        let last = try #require(readme.range(of: end, range: first..<readme.endIndex), sourceLocation: location)
        if ProcessInfo.processInfo.environment["CGID_RECORD_GOLDENS"] == "1" {
            let written = readme[..<first] + text + readme[last.lowerBound...]
            return try Data(written.utf8).write(to: file, options: .atomic)
        }
        #expect(
            readme[first..<last.lowerBound] == text,
            "README.md is out of date: CGID_RECORD_GOLDENS=1 swift test --filter theReadme writes it",
            sourceLocation: location)
    }
}

import Foundation
import Testing

/// Compares screens with the files in `Goldens`. `CGID_RECORD_GOLDENS=1` writes them instead.
enum Golden {
    static func check(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) {
        let path = folder + "/\(name).txt"
        let written = text
        if ProcessInfo.processInfo.environment["CGID_RECORD_GOLDENS"] == "1" {
            #expect(throws: Never.self, sourceLocation: location) {
                try written.write(toFile: path, atomically: true, encoding: .utf8)
            }
            return
        }
        guard let known = try? String(contentsOfFile: path, encoding: .utf8) else {
            Issue.record("there is no golden screen \(name): record it", sourceLocation: location)
            return
        }
        if known != written {
            Issue.record("\(name) looks different: \(difference(known, written))", sourceLocation: location)
        }
    }

    /// The first row that differs, both ways.
    private static func difference(_ known: String, _ written: String) -> String {
        let rows = [known, written].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let index = zip(rows[0], rows[1]).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        guard let index else { return "\(rows[0].count) rows recorded, \(rows[1].count) drawn" }
        return "row \(index + 1)\n  recorded: \(rows[0][index])\n  drawn:    \(rows[1][index])"
    }

    private static let folder: String = {
        var parts = #filePath.split(separator: "/").dropLast(2)
        parts.append("Goldens")
        return "/" + parts.joined(separator: "/")
    }()
}

import Foundation
import Testing

/// Compares screens with the files in `Goldens`. `CGID_RECORD_GOLDENS=1` writes them instead.
enum Golden {
    static func check(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) {
        let path = folder + "/\(name).txt"
        let written = text + "\n"
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
        #expect(known == written, "\(name) looks different", sourceLocation: location)
    }

    private static let folder: String = {
        var parts = #filePath.split(separator: "/").dropLast(2)
        parts.append("Goldens")
        return "/" + parts.joined(separator: "/")
    }()
}

import AWSCaller
import Crypto
import Foundation
import Testing

/// The pictures in `screenshots` are what the program draws now.
@Suite struct ScreenshotTests {
    private static let kept = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("screenshots")

    private func pictures(_ folder: URL, _ kind: String) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == kind }
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0.deletingPathExtension().lastPathComponent, try Data(contentsOf: $0))
            })
    }

    @Test func areCurrent() async throws {
        let home = try TemporaryFolder()
        let result = try await Program(home: home).run("debug", "screenshots", home.path + "/made")
        try #require(result.status == 0, "\(result.errors)")
        let made = try pictures(URL(fileURLWithPath: home.path + "/made"), "svg")
        let kept = try pictures(Self.kept, "svg")
        #expect(!made.isEmpty)
        let stale = Set(made.keys).union(kept.keys).filter { made[$0] != kept[$0] }.sorted()
        #expect(stale.isEmpty, "out of date: \(stale). .ci/pictures draws them anew.")
    }

    /// The README shows the PNGs: each tells the SVG that it was made from.
    @Test func pixelsAreThoseOfTheVectors() throws {
        let (vectors, pixels) = try (pictures(Self.kept, "svg"), pictures(Self.kept, "png"))
        #expect(Set(pixels.keys) == Set(vectors.keys))
        for (name, vector) in vectors {
            let digest = Hex.encode(SHA256.hash(data: vector))
            let mark = Data("SVG-SHA256\0\(digest)".utf8)
            #expect(pixels[name]?.range(of: mark) != nil, "\(name).png is of another SVG: .ci/pictures renews it")
        }
    }

    @Test func standInTheReadme() throws {
        let file = Self.kept.deletingLastPathComponent().appendingPathComponent("README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        for name in try pictures(Self.kept, "png").keys {
            #expect(readme.contains("(screenshots/\(name).png)"), "README.md does not show \(name)")
        }
    }
}

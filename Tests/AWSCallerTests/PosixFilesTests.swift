import Foundation
import Testing

@testable import AWSCaller

@Suite struct PosixFilesTests {
    @Test func readsWithinItsBound() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cgid-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "file").path()
        try Data(repeating: 7, count: 40_000).write(to: URL(filePath: file))
        #expect(try PosixFiles().read(file, limit: 40_000)?.count == 40_000)
        #expect(throws: Failure.self) { try PosixFiles().read(file, limit: 39_999) }
        #expect(try PosixFiles().read(file + "/below", limit: 1) == nil)
        #expect(try PosixFiles().read(folder.appending(path: "gone").path(), limit: 1) == nil)
        #expect(throws: Failure.self) { try PosixFiles().read(folder.path(), limit: 1) }
    }
}

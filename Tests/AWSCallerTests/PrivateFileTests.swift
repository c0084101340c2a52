import Foundation
import Testing

@testable import AWSCaller

@Suite struct PrivateFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/cgid-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func whatAPersonAsksForHasTheModeOfAnyOtherFile() throws {
        try withFolder { folder in
            let (ours, other) = ("\(folder)/ours", "\(folder)/other")
            try PrivateFile.stage(Array("x".utf8), for: ours, permissions: .ordinary).commit()
            #expect(FileManager.default.createFile(atPath: other, contents: nil))
            #expect(try mode(ours) == mode(other))
            try PrivateFile.write(Array("x".utf8), to: ours)
            #expect(try mode(ours) == 0o600)
        }
    }

    @Test func piecesMakeOneFileAndHalfOfThemNone() throws {
        try withFolder { folder in
            let path = "\(folder)/file"
            var pieces = ["one, ", "two, ", "three"].map { Array($0.utf8) }
            try PrivateFile.write(to: path) { pieces.isEmpty ? [] : pieces.removeFirst() }
            #expect(try PrivateFile.read(path, limit: 100)?.bytes == Array("one, two, three".utf8))
            #expect(try mode(path) == 0o600)
            var isFirst = true
            #expect(throws: Failure.self) {
                try PrivateFile.write(to: path) { () throws(Failure) in
                    guard isFirst else { throw Failure("no more") }
                    isFirst = false
                    return Array("half".utf8)
                }
            }
            #expect(try PrivateFile.read(path, limit: 100)?.bytes == Array("one, two, three".utf8))
            #expect(PrivateFile.names(in: folder) == ["file"])
        }
    }

    @Test func whatMustNotBeReplacedStays() throws {
        try withFolder { folder in
            let path = "\(folder)/file"
            let first = try PrivateFile.stage(Array("old".utf8), for: path)
            #expect(try first.commit(replacing: false))
            #expect(try !PrivateFile.stage(Array("new".utf8), for: path).commit(replacing: false))
            #expect(try PrivateFile.read(path, limit: 10)?.bytes == Array("old".utf8))
            #expect(try PrivateFile.stage(Array("new".utf8), for: path).commit())
            #expect(try PrivateFile.read(path, limit: 10)?.bytes == Array("new".utf8))
            #expect(PrivateFile.names(in: folder) == ["file"])
        }
    }
}

import AWSCaller
import FoundationEssentials

/// A file that a person asked for: with ordinary permissions, written whole or not at all.
enum PlainFile {
    /// - Returns: false when a file is there and must not be replaced; nothing is changed then.
    static func write(_ text: String, to path: String, replacing: Bool) throws(Failure) -> Bool {
        let folder = PrivateFile.parent(of: path)
        guard FileManager.default.fileExists(atPath: folder) else {
            throw Failure(
                "Can't write \(path)", remedy: "Choose a file in a folder that is there",
                detail: "\(folder) does not exist", category: .usage)
        }
        return try PrivateFile.stage(Array(text.utf8), for: path, permissions: .ordinary).commit(replacing: replacing)
    }
}

import AWSCaller
import Glibc

/// A file that a person asked for: with ordinary permissions, written whole or not at all.
enum PlainFile {
    /// - Returns: false when a file is there and must not be replaced; nothing is changed then.
    static func write(_ text: String, to path: String, replacing: Bool) throws(Failure) -> Bool {
        guard replacing else {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor < 0, errno == EEXIST { return false }
            try fill(descriptor, with: text, path)
            return true
        }
        let temporary = "\(path).cgid-\(getpid())"
        try fill(open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666), with: text, temporary)
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw failure(path, code)
        }
        return true
    }

    private static func fill(_ descriptor: Int32, with text: String, _ path: String) throws(Failure) {
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                unlink(path)
                throw failure(path, code)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(
            "Can't write \(path)", remedy: "Choose a file in a folder that is there and can be written",
            detail: String(cString: strerror(code)), category: .usage)
    }
}

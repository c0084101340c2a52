import Glibc

/// The real file system.
public struct PosixFiles: FileReading {
    public init() {}

    /// The whole file; `nil` when there is none. Throws when it is longer than `limit` bytes or can't be read.
    public func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw Self.unreadable(path, errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(path, errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw Failure(
                    "\(path) is longer than \(limit) bytes", remedy: "Check that it is the file you mean",
                    category: .usage)
            }
        }
    }

    private static func unreadable(_ path: String, _ code: Int32) -> Failure {
        Failure(
            "Can't read \(path)", remedy: "Check that this user may read it", detail: String(cString: strerror(code)),
            category: .usage)
    }
}

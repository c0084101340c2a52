import AWSCaller
import Glibc

enum StandardInput {
    /// Everything on stdin.
    /// - Throws: `Failure` when there is more than `limit` bytes.
    static func read(limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw Failure(
                    "Stdin holds more than \(limit) bytes", remedy: "Check what is piped in", category: .usage)
            }
        }
    }
}

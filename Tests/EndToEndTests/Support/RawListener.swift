import Foundation

/// A TCP port on loopback that is no HTTP server.
final class RawListener: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let fillers: [Int32]

    /// - Parameters:
    ///   - greeting: answers the first byte of whoever connects, who is then left alone.
    ///   - isFull: its queue is full, so that nobody can connect any more.
    init(greeting: String = "", isFull: Bool = false) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, isFull ? 0 : 8) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileWriteUnknown) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        fillers = isFull ? Self.fill(address) : []
        guard !isFull else { return }
        Thread.detachNewThread {
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { return }
                var byte: UInt8 = 0
                _ = read(client, &byte, 1)
                _ = greeting.withCString { write(client, $0, strlen($0)) }
            }
        }
    }

    private static func fill(_ address: sockaddr_in) -> [Int32] {
        (0..<4).map { _ in
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            var address = address
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return client
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        for descriptor in [descriptor] + fillers { close(descriptor) }
    }
}

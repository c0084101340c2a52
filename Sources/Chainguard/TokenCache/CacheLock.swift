import AWSCaller
import Glibc

/// Keeps every other cgid from changing the token cache, across processes, until it is let go; the kernel lets go of
/// it when the process dies, however it dies.
public final class CacheLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// As long as a refresh may take in another process, and a little more.
    static let patience = 40_000
    static let interval = 20

    /// Takes the lock on the folder itself, so that nothing is added to what chainctl keeps there.
    /// - Returns: `nil` while another holds it.
    static func attempt(_ folder: String) throws(Failure) -> CacheLock? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(
                "Can't open the token cache \(folder)", remedy: "Check that it is a folder of yours, and no link",
                detail: String(cString: strerror(errno)))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return CacheLock(descriptor) }
        let code = errno
        // Some network file systems have no locks for folders; the writes themselves stay atomic there.
        guard code == EWOULDBLOCK || code == EINTR else { return CacheLock(descriptor) }
        close(descriptor)
        return nil
    }

    static func busy(_ folder: String) -> Failure {
        Failure(
            "Another process has been changing the token cache \(folder) for too long",
            remedy: "Find it with 'fuser \(folder)' and try again")
    }
}

extension TokenCache {
    /// Waits for the lock without holding up other tasks.
    public func lock() async throws(Failure) -> CacheLock {
        try PrivateFile.makeFolder(folder)
        for _ in 0..<CacheLock.patience / CacheLock.interval {
            if let lock = try CacheLock.attempt(folder) { return lock }
            guard await RetryPolicy.wait(.milliseconds(CacheLock.interval)) else { throw .cancelled }
        }
        throw CacheLock.busy(folder)
    }

    /// Waits for the lock, the thread with it.
    func lockBlocking() throws(Failure) -> CacheLock {
        try PrivateFile.makeFolder(folder)
        for _ in 0..<CacheLock.patience / CacheLock.interval {
            if let lock = try CacheLock.attempt(folder) { return lock }
            usleep(UInt32(CacheLock.interval) * 1000)
        }
        throw CacheLock.busy(folder)
    }
}

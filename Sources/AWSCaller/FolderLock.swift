import Glibc

/// Keeps every other process of this program from changing what a folder holds until it is let go; the kernel lets go of
/// it when the process dies, however it dies. Two holders within one process exclude one another, too.
public final class FolderLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// In milliseconds: as long as a refresh may take in another process, and a little more.
    private static let patience = 40_000
    private static let interval = 20

    /// Waits for the lock without holding up other tasks. A folder that is missing is made.
    package static func take(_ folder: String) async throws(Failure) -> FolderLock {
        try PrivateFile.makeFolder(folder)
        for _ in 0..<patience / interval {
            if let lock = try attempt(folder) { return lock }
            do {
                try await Task.sleep(for: .milliseconds(interval))
            } catch {
                throw Failure("Cancelled", category: .cancelled)
            }
        }
        throw busy(folder)
    }

    /// Waits for the lock, the thread with it.
    package static func takeBlocking(_ folder: String) throws(Failure) -> FolderLock {
        try PrivateFile.makeFolder(folder)
        for _ in 0..<patience / interval {
            if let lock = try attempt(folder) { return lock }
            usleep(UInt32(interval) * 1000)
        }
        throw busy(folder)
    }

    /// Takes the lock on the folder itself, so that nothing is added to what other programs keep there.
    /// - Returns: `nil` while another holds it.
    package static func attempt(_ folder: String) throws(Failure) -> FolderLock? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(
                "Can't open the folder \(folder)", remedy: "Check that it is a folder of yours, and no link",
                detail: String(cString: strerror(errno)))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FolderLock(descriptor) }
        let code = errno
        // Some network file systems have no locks for folders; the writes themselves stay atomic there.
        guard code == EWOULDBLOCK || code == EINTR else { return FolderLock(descriptor) }
        close(descriptor)
        return nil
    }

    private static func busy(_ folder: String) -> Failure {
        Failure(
            "Another process has been changing \(folder) for too long",
            remedy: "Find it with 'fuser \(folder)' and try again")
    }
}

import Glibc

/// Files that only their owner may read: 0600 in folders of 0700, written whole or not at all, never through a link.
package enum PrivateFile {
    /// The file's bytes and whether others could read or change it.
    package struct Contents: Sendable, Hashable {
        package var bytes: [UInt8]
        /// The group or others have a permission on it.
        package var looseMode: Bool
        /// Its permission bits.
        package var mode: UInt32
    }

    /// - Returns: `nil` when it does not exist.
    /// - Throws: `Failure` when it can't be read, is a link or no plain file, is someone else's, or exceeds `limit` bytes.
    /// - Parameter tightening: takes the group's and others' permissions away, where that can be done.
    package static func read(_ path: String, limit: Int, tightening: Bool = false) throws(Failure) -> Contents? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure("read", path, errno)
        }
        defer { close(descriptor) }
        let status = try plainFile(descriptor, path)
        guard status.st_size <= limit else {
            throw Failure(
                "\(path) is longer than \(limit) bytes", remedy: "Move it away if it is not what it should be")
        }
        let isLoose = status.st_mode & 0o077 != 0
        if isLoose, tightening { _ = fchmod(descriptor, status.st_mode & 0o700) }
        return Contents(
            bytes: try bytes(descriptor, path, expecting: Int(status.st_size), limit: limit), looseMode: isLoose,
            mode: status.st_mode & 0o777)
    }

    /// Writes a new file beside the old one, then puts it in its place: whoever reads sees the old or the new one whole.
    /// Folders that are missing are made with mode 0700.
    /// - Parameter mode: of a file that is kept for another program, which may have chosen a wider one.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(Failure) {
        try stage(bytes, for: path, permissions: .exactly(mode)).commit()
    }

    /// The same in pieces, so that large contents are never held whole.
    /// - Parameter next: the next piece; an empty one is the end. Where it throws, the old file stays as it is.
    package static func write(to path: String, pieces next: () throws(Failure) -> [UInt8]) throws(Failure) {
        try stage(for: path, permissions: .exactly(0o600), pieces: next).commit()
    }

    /// Who may read what is written.
    package enum Permissions: Sendable, Hashable {
        /// These bits, whatever the process's umask says.
        case exactly(UInt32)
        /// What the umask leaves of 0666, as for any file that a person asks for.
        case ordinary
    }

    /// A new content, safely on the disk beside the old one.
    package struct Staged {
        package let temporary: String
        package let path: String

        /// Puts it in the old one's place.
        /// - Returns: false when there is an old one that must not be replaced; it stays then.
        @discardableResult
        package func commit(replacing: Bool = true) throws(Failure) -> Bool {
            let result = replacing ? rename(temporary, path) : link(temporary, path)
            let code = errno
            if !replacing || result != 0 { discard() }
            if result != 0, !replacing, code == EEXIST { return false }
            guard result == 0 else { throw PrivateFile.failure("write", path, code) }
            PrivateFile.syncFolder(PrivateFile.parent(of: path))
            return true
        }

        package func discard() { unlink(temporary) }
    }

    /// The part of writing that can fail for want of room or rights.
    package static func stage(
        _ bytes: [UInt8], for path: String, permissions: Permissions = .exactly(0o600)
    ) throws(Failure) -> Staged {
        var rest = bytes
        return try stage(for: path, permissions: permissions) {
            defer { rest = [] }
            return rest
        }
    }

    private static func stage(
        for path: String, permissions: Permissions, pieces next: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> Staged {
        let folder = parent(of: path)
        try makeFolder(folder)
        try refuseLink(path)
        let name = "\(folder)/.cgid-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(name, flags, permissions == .ordinary ? 0o666 : 0o600)
        guard descriptor >= 0 else { throw failure("write in", folder, errno) }
        defer { close(descriptor) }
        let staged = Staged(temporary: name, path: path)
        do throws(Failure) {
            try fill(descriptor, with: next, path)
            if case .exactly(let mode) = permissions, fchmod(descriptor, mode) != 0 {
                throw failure("write", path, errno)
            }
        } catch {
            staged.discard()
            throw error
        }
        return staged
    }

    /// - Returns: false when there was none.
    @discardableResult
    package static func remove(_ path: String) throws(Failure) -> Bool {
        if unlink(path) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw failure("remove", path, errno) }
        return false
    }

    /// Names in a folder, sorted, without `.` and `..`; empty when there is no such folder.
    package static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Throws unless the folder is one of this user's, and no link; one that is missing is none of either.
    package static func checkFolder(_ path: String) throws(Failure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Failure("\(path) is a link or no folder, which is not followed", remedy: "Put a folder there instead")
        }
        guard status.st_uid == geteuid() else {
            throw Failure("\(path) belongs to another user (uid \(status.st_uid))", remedy: "Move it away or own it")
        }
    }

    /// Files that a process left half-written when it was killed.
    package static func removeLeftovers(in folder: String) {
        for name in names(in: folder) where name.hasPrefix(".cgid-") { unlink("\(folder)/\(name)") }
    }

    /// True for a folder itself, not for a link to one.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension PrivateFile {
    private static func plainFile(_ descriptor: Int32, _ path: String) throws(Failure) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure("\(path) is no plain file", remedy: "Move it away")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Failure("\(path) belongs to another user (uid \(status.st_uid))", remedy: "Move it away or own it")
        }
        return status
    }

    private static func bytes(
        _ descriptor: Int32, _ path: String, expecting size: Int, limit: Int
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path, errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw Failure("\(path) is longer than \(limit) bytes") }
        }
    }

    private static func fill(
        _ descriptor: Int32, with next: () throws(Failure) -> [UInt8], _ path: String
    ) throws(Failure) {
        var rest = try next()[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path, errno) }
            rest = rest.dropFirst(count)
            if rest.isEmpty { rest = try next()[...] }
        }
        guard fsync(descriptor) == 0 else { throw failure("write", path, errno) }
    }

    private static func refuseLink(_ path: String) throws(Failure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure("\(path) is a link or no plain file, so it is not written", remedy: "Remove it and try again")
        }
        guard status.st_uid == geteuid() else {
            throw Failure("\(path) belongs to another user (uid \(status.st_uid))", remedy: "Move it away or own it")
        }
    }

    package static func makeFolder(_ path: String) throws(Failure) {
        if mkdir(path, 0o700) == 0 { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeFolder(parent(of: path))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make the folder", path, errno) }
        default: throw failure("make the folder", path, errno)
        }
    }

    /// Makes the new name last over a power cut; best effort, some file systems don't offer it.
    fileprivate static func syncFolder(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }

    fileprivate static func failure(_ verb: String, _ path: String, _ code: Int32) -> Failure {
        if code == ELOOP {
            return Failure("\(path) is a link, which is not followed", remedy: "Put a plain file there instead")
        }
        let remedy =
            switch code {
            case EACCES, EPERM: "Check the permissions of the file and its folder"
            case EROFS: "Choose a place that can be written, with XDG_CACHE_HOME for instance"
            case ENOSPC, EDQUOT: "Make room on the disk"
            default: ""
            }
        return Failure("Can't \(verb) \(path)", remedy: remedy, detail: String(cString: strerror(code)))
    }
}

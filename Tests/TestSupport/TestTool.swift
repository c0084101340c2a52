import Foundation
import Testing

/// The programs of other makers that tests compare with. One that is missing cancels the test, which the run shows; in
/// CI, where the README's test command has installed all of them, it fails the test.
public enum TestTool {
    /// The interpreter with these modules: the one that the README's test command made from `Tests/requirements.txt`
    /// in `.build/python`, else `python3` on the `PATH`.
    public static func python(importing modules: String...) throws -> String {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let own = repository.appendingPathComponent(".build/python/bin/python3").standardizedFileURL.path
        let found = ([own] + paths(of: "python3")).first { candidate in
            run(candidate, ["-c", findModules] + modules) != nil
        }
        return try found ?? missing("Python with \(modules.joined(separator: ", "))")
    }

    /// The AWS CLI, version 2: the first on the `PATH` and in `/usr/bin` that says so.
    public static func awsCommandLine() throws -> String {
        let found = (paths(of: "aws") + ["/usr/bin/aws"])
            .first { run($0, ["--version"])?.hasPrefix("aws-cli/2") == true }
        return try found ?? missing("the AWS CLI, version 2,")
    }

    /// A program on the `PATH`.
    /// - Parameter isInstalled: false for what the README's test command does not install: then its test is cancelled in
    ///   CI too.
    public static func path(of name: String, isInstalled: Bool = true) throws -> String {
        if let path = paths(of: name).first { return path }
        if !isInstalled { try Test.cancel("\(name) is not there") }
        return try missing(name)
    }

    /// Runs a program with its input as a file, so that no pipe can fill up.
    /// - Parameter environment: besides this process's own.
    public static func run(
        _ path: String, _ arguments: [String], input: Data, environment: [String: String] = [:]
    ) throws -> (status: Int32, output: Data) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cgid-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("input")
        try input.write(to: file)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    private static let findModules = """
        import importlib.util, sys
        sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))
        """

    private static func paths(of name: String) -> [String] {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .filter(FileManager.default.isExecutableFile(atPath:))
    }

    /// - Returns: what it printed; `nil` when it could not be run or failed.
    private static func run(_ path: String, _ arguments: [String]) -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
    }

    /// Never returns; a result of type `String` lets it stand after `??`.
    private static func missing(_ name: String) throws -> String {
        if ProcessInfo.processInfo.environment["CI"] != nil { throw Missing(name: name) }
        try Test.cancel("\(name) is not installed")
    }

    private struct Missing: Error, CustomStringConvertible {
        let name: String
        var description: String { "\(name) is not installed, which the README's test command does" }
    }
}

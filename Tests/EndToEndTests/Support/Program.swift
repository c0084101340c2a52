import Foundation
import Subprocess
import SystemPackage

/// The built binary, run as a person's shell would run it, in an environment that holds nothing of the machine's own.
struct Program {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The binary stands beside the test bundle.
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("cgid").path

    let home: TemporaryFolder
    var environment: [String: String]

    init(home: TemporaryFolder) {
        self.home = home
        environment = [
            "HOME": home.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "TMPDIR": home.path,
            // The machine the tests run on may be an EC2 instance.
            "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }

    func run(_ arguments: String..., input: String = "") async throws -> Result {
        try await Self.run(Self.path, arguments, environment: environment, input: input)
    }

    /// - Parameter executable: a path, or a name to be looked up in the environment's `PATH`.
    static func run(
        _ executable: String, _ arguments: [String], environment: [String: String], input: String = ""
    ) async throws -> Result {
        // A file, not a pipe: a program may end without reading, and the writer would then fail.
        let folder = try TemporaryFolder()
        let file = FilePath(folder.path).appending("input")
        try Data(input.utf8).write(to: URL(fileURLWithPath: file.string))
        let variables = environment.map { (Subprocess.Environment.Key(stringLiteral: $0.key), $0.value) }
        let result = try await Subprocess.run(
            executable.hasPrefix("/") ? .path(FilePath(executable)) : .name(executable),
            arguments: Arguments(arguments), environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
            input: .fileDescriptor(try FileDescriptor.open(file, .readOnly), closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 22), error: .string(limit: 1 << 22))
        return Result(
            status: result.terminationStatus.code, output: result.standardOutput,
            errors: result.standardError)
    }
}

extension TerminationStatus {
    fileprivate var code: Int32 {
        switch self {
        case .exited(let code): Int32(code)
        case .signaled(let number): 128 + Int32(number)
        }
    }
}

/// A folder that is gone when the last reference to it is.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/cgid-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // A server that ends right now removes its socket itself, and a removal that meets that stops half-way.
        for _ in 0..<5 where FileManager.default.fileExists(atPath: path) {
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}

import Glibc

/// cgid beside other programs in the same pseudo-terminal: what a person waits for, and what it costs to leave it open.
/// Those that are not installed are left out.
enum TerminalBenchmarks {
    struct Row: Encodable {
        let program: String
        /// Nanoseconds, medians; from the start to the first screen, and from a key to what it changes.
        let firstPaint: Double
        let key: Double
        /// Bytes, once painted.
        let residentBytes: Int
        /// Nanoseconds of processor time while nobody touches it for half a minute.
        let idle: Double
    }

    private static let rounds = 15
    private static let idleSeconds: Int32 = 30

    /// A program, and a key that changes its screen.
    private static let programs: [(name: String, arguments: [String], key: String)] = [
        ("cgid", [], "?"), ("htop", [], "t"), ("tig", [], "j"), ("nano", [], "a"),
    ]

    static func run() -> [Row] {
        var template = Array("/tmp/cgid-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return [] }
        let home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { Program.removeTree(home) }
        // Nothing of this host's own: no files, no metadata service.
        let environment = [
            "HOME=\(home)", "TERM=xterm-256color", "LC_ALL=C.UTF-8", "AWS_EC2_METADATA_DISABLED=true",
            "PATH=\(Program.searchPath)",
        ]
        return programs.compactMap { program in
            Program.path(of: program.name).flatMap { path in
                measure(program.name, program.key) {
                    TerminalProgram(path, program.arguments, environment: environment)
                }
            }
        }
    }

    private static func measure(_ name: String, _ key: String, _ start: () -> TerminalProgram?) -> Row? {
        var (paints, keys) = ([Double](), [Double]())
        for _ in 0..<rounds {
            guard let program = start(), let paint = program.firstPaint() else { return nil }
            program.watch(seconds: 1)
            guard let answer = program.answer(to: key) else { return nil }
            paints.append(paint)
            keys.append(answer)
        }
        guard let program = start() else { return nil }
        program.watch(seconds: 2)
        let (resident, before) = (program.residentBytes, program.processorTime)
        program.watch(seconds: idleSeconds)
        return Row(
            program: name, firstPaint: median(paints), key: median(keys), residentBytes: resident,
            idle: program.processorTime - before)
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func text(_ rows: [Row]) -> String {
        let lines = rows.map { row in
            [
                row.program, ResultTable.duration(row.firstPaint), ResultTable.duration(row.key),
                "\(row.residentBytes / 1_000_000) MB", ResultTable.duration(row.idle),
            ]
        }
        return ResultTable.columns(
            [["program", "first paint", "key to screen", "memory", "CPU of \(idleSeconds) s idle"]] + lines)
    }
}

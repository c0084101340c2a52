import AWSCaller
import CTerminalSupport
import Glibc
import TerminalUI

/// A terminal used line by line: nothing is ever drawn over, so that a screen reader, a braille line or a dumb terminal
/// shows all of it. Used on the main thread.
final class LineTerminal {
    /// Why no answer came.
    enum Leaving: Error {
        /// ^C
        case interrupted
        /// ^D, or the terminal is gone.
        case endOfInput
        case signal(Int32)
    }

    private static let longestLine = 1 << 16
    private let signals: Int32
    private var pending: [UInt8] = []
    private var hasEnded = false

    /// - Throws: `.usage` when stdin or stdout is no terminal.
    init() throws(Failure) {
        for (descriptor, name) in [(STDIN_FILENO, "standard input"), (STDOUT_FILENO, "standard output")] {
            guard isatty(descriptor) == 1 else {
                throw Failure(
                    "\(name) is not a terminal", remedy: "Run it in a terminal, or use one of the subcommands",
                    category: .usage)
            }
        }
        signals = cgid_signals_install()
        guard signals >= 0 else { throw Failure("Signals can't be waited for", category: .service) }
    }

    deinit {
        cgid_signals_remove(hasEnded ? 1 : 0)
    }

    /// For reading: broken between words.
    func say(_ text: String) {
        Console.answer(wrapped(text))
    }

    /// To be copied or piped: broken nowhere.
    func show(_ text: String) {
        Console.answer(text)
    }

    /// A line with a word that is wider than the terminal, such as an ARN, stays whole, so that it can be copied.
    private func wrapped(_ text: String) -> String {
        var (columns, rows) = (Int32(80), Int32(24))
        _ = cgid_terminal_size(STDOUT_FILENO, &columns, &rows)
        let width = Int(columns)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.flatMap { line in
            line.split(separator: " ").allSatisfy { Text.width(String($0)) <= width }
                ? Text.wrapped(line, width: width) : [line]
        }.joined(separator: "\n")
    }

    /// - Returns: what was typed, without white space around it.
    func ask(_ question: String) throws -> String {
        let prompt = wrapped(Text.sanitised(question) + ":") + " "
        Console.answerVerbatim(prompt)
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                return Text.sanitised(line).trimmed
            }
            if hasEnded { throw Leaving.endOfInput }
            try wait(for: STDIN_FILENO, within: nil) { Console.answerVerbatim(prompt) }
            read()
        }
    }

    private func read() {
        var block = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &block, block.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0, pending.count < Self.longestLine else {
            hasEnded = true
            return
        }
        pending += block.prefix(count)
    }

    /// Waits until the descriptor can be read.
    /// - Parameters:
    ///   - milliseconds: how long at most.
    ///   - again: called when the person came back from the shell: what was asked has scrolled away.
    /// - Returns: false when the time was over first.
    @discardableResult
    func wait(for descriptor: Int32, within milliseconds: Int32?, again: () -> Void = {}) throws -> Bool {
        while true {
            var watched = [descriptor, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let ready = poll(&watched, 2, milliseconds ?? -1)
            if ready == 0 { return false }
            if ready > 0, watched[1].revents != 0 { try heed(again) }
            if ready > 0, watched[0].revents != 0 { return true }
        }
    }

    private func heed(_ again: () -> Void) throws {
        var numbers = [UInt8](repeating: 0, count: 64)
        let count = Glibc.read(signals, &numbers, numbers.count)
        let received = numbers.prefix(max(0, count)).map(Int32.init)
        if let ending = received.first(where: { $0 == SIGTERM || $0 == SIGHUP }) {
            hasEnded = ending == SIGHUP
            throw Leaving.signal(ending)
        }
        if received.contains(SIGTSTP) {
            cgid_stop_self()
            again()
        }
        if received.contains(SIGINT) {
            say("")
            throw Leaving.interrupted
        }
    }
}

// MARK: - Kinds of questions

extension LineTerminal {
    /// - Returns: what was typed, or the suggestion when nothing was.
    func ask(_ question: String, suggesting suggestion: String) throws -> String {
        let answer = try ask(suggestion.isEmpty ? question : "\(question) [\(suggestion)]")
        return answer.isEmpty ? suggestion : answer
    }

    /// Only `yes` or `y` is a yes.
    func confirm(_ question: String) throws -> Bool {
        ["y", "yes"].contains(try ask("\(question) Yes or no [no]").lowercased())
    }

    private static let listed = 20

    /// One of many: by its number, or by a part of its title.
    /// - Parameter leaving: what an empty line does.
    /// - Returns: `nil` when nothing was typed.
    func choose<Item>(
        _ question: String, _ items: [Item], leaving: String = "goes back", title: (Item) -> String
    ) throws -> Item? {
        let titles = items.map(title)
        var shown = Array(items.indices)
        list(shown.map { titles[$0] })
        while true {
            let answer = try ask("\(question): number, or part of a name; an empty line \(leaving)")
            if answer.isEmpty { return nil }
            if let number = Int(answer), number > 0, number <= shown.count { return items[shown[number - 1]] }
            let found = Self.named(answer, in: titles)
            if found.count == 1 { return items[found[0]] }
            if found.isEmpty {
                say("Nothing matches '\(answer)'.")
            } else {
                shown = found
                list(shown.map { titles[$0] })
            }
        }
    }

    /// What is called so, else what begins so, else what holds it: never scattered letters, which can't be seen to match.
    private static func named(_ answer: String, in titles: [String]) -> [Int] {
        let (wanted, titles) = (answer.lowercased(), titles.map { $0.lowercased() })
        let rules: [(String) -> Bool] = [
            { $0 == wanted || $0.hasPrefix(wanted + ",") }, { $0.hasPrefix(wanted) }, { $0.contains(wanted) },
        ]
        return rules.lazy.map { rule in titles.indices.filter { rule(titles[$0]) } }.first { !$0.isEmpty } ?? []
    }

    private func list(_ titles: [String]) {
        for (number, title) in titles.prefix(Self.listed).enumerated() { say("\(number + 1). \(title)") }
        if titles.count > Self.listed { say("and \(titles.count - Self.listed) more: type a part of the name") }
    }
}

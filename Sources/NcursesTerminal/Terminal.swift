import CNcurses
import CTerminalSupport
import Glibc
import TerminalUI

public struct TerminalOptions: Sendable, Hashable {
    /// Report wheel and clicks; the terminal's own selecting then needs Shift.
    public var usesMouse: Bool
    /// What `TERM` says.
    public var term: String
    /// Whether `TMUX`, and whether `STY` (GNU screen), is set: copying needs a wrapping there.
    public var isInsideTmux: Bool
    public var isInsideScreen: Bool
    public var input: Int32
    public var output: Int32

    public init(
        usesMouse: Bool = false, term: String, isInsideTmux: Bool = false, isInsideScreen: Bool = false,
        input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO
    ) {
        self.usesMouse = usesMouse
        self.term = term
        self.isInsideTmux = isInsideTmux
        self.isInsideScreen = isInsideScreen
        self.input = input
        self.output = output
    }

    /// From the environment's variables.
    public init(environment: [String: String], usesMouse: Bool = false) {
        self.init(
            usesMouse: usesMouse, term: environment["TERM"] ?? "", isInsideTmux: environment["TMUX"] != nil,
            isInsideScreen: environment["STY"] != nil)
    }
}

/// The terminal, taken over for full screens from `open` to `close`. One at a time, used on one thread.
public final class Terminal {
    public let entry: TerminalEntry
    /// Colours it has; 0 for none.
    public let colors: Int
    /// False: what is not ASCII is drawn as `?`.
    public let isUTF8: Bool
    /// False: use the ASCII glyphs. The Linux console is UTF-8 but its font has few signs (console_codes(4)).
    public var drawsUnicode: Bool { isUTF8 && !options.term.hasPrefix("linux") }
    public private(set) var size: Size

    let options: TerminalOptions
    let signals: Int32
    var decoder = InputDecoder()
    /// Bytes that were read in one block with the end of a paste.
    var readAhead: ArraySlice<UInt8> = []
    private let screen: OpaquePointer
    private let files: [UnsafeMutablePointer<FILE>]
    private var painter: Painter
    private var isOpen = true
    /// Nobody sees it any more.
    var isLost = false

    /// Takes the terminal over.
    /// - Throws: when input or output is no terminal, when it is dumb, or when nothing can drive it.
    public static func open(_ options: TerminalOptions) throws(TerminalError) -> Terminal {
        guard isatty(options.input) == 1 else { throw .notATerminal("standard input") }
        guard isatty(options.output) == 1 else { throw .notATerminal("standard output") }
        guard !["", "dumb", "unknown"].contains(options.term) else { throw .dumb }
        return try Terminal(options)
    }

    private init(_ options: TerminalOptions) throws(TerminalError) {
        self.options = options
        isUTF8 = cgid_locale_is_utf8() == 1
        signals = cgid_signals_install()
        guard signals >= 0 else { throw .system(call: "pipe", code: errno) }
        cgid_crash_arm(options.output)
        do throws(TerminalError) {
            let files = try Self.streams(options)
            guard let (screen, entry) = Self.start(options.term, files: files) else {
                for file in files { fclose(file) }
                throw TerminalError.noEntry(term: options.term)
            }
            (self.files, self.screen, self.entry) = (files, screen, entry)
        } catch {
            cgid_crash_disarm()
            cgid_signals_remove(0)
            throw error
        }
        colors = Self.prepare()
        size = Self.measure(options.output)
        painter = Painter(colors: colors, isUTF8: isUTF8)
        resizeterm(Int32(size.height), Int32(size.width))
        send(modesOn)
    }

    deinit {
        close()
    }

    /// Gives the terminal back as it was. Safe to call twice.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        send(modesOff)
        endwin()
        delscreen(screen)
        for file in files { fclose(file) }
        cgid_crash_disarm()
        cgid_signals_remove(isLost ? 1 : 0)
    }

    /// Shows a frame; only rows that differ from the last are drawn.
    public func show(_ surface: Surface) {
        painter.paint(surface)
    }

    /// Draws everything anew at the next frame, whatever the terminal shows now.
    public func redraw() {
        painter.forget()
        clearok(cgid_stdscr(), true)
    }

    /// Asks the terminal to put the text into its clipboard. Whether it did is not known: terminals do not say.
    public func copy(_ text: String) throws(TerminalError) {
        let sequence = try Clipboard.sequence(
            for: text, insideTmux: options.isInsideTmux, insideScreen: options.isInsideScreen)
        send(sequence)
    }

    /// Gives the terminal back, stops this process as ^Z does, and takes the terminal again when it goes on.
    public func suspend() {
        def_prog_mode()
        send(modesOff)
        endwin()
        cgid_stop_self()
        resume()
    }

    /// Takes the terminal again after the process was stopped.
    func resume() {
        reset_prog_mode()
        send(modesOn)
        updateSize()
        redraw()
    }

    /// Reads the size again.
    /// - Returns: whether it changed.
    @discardableResult
    func updateSize() -> Bool {
        let measured = Self.measure(options.output)
        guard measured != size else { return false }
        size = measured
        resizeterm(Int32(size.height), Int32(size.width))
        redraw()
        return true
    }

    /// Pastes are marked as such; buttons and the wheel are reported where they were asked for, as numbers (xterm's
    /// modes 1000 and 1006), which reach beyond column 223.
    private var modesOn: String { "\u{1B}[?2004h" + (options.usesMouse ? "\u{1B}[?1000h\u{1B}[?1006h" : "") }
    private var modesOff: String { (options.usesMouse ? "\u{1B}[?1006l\u{1B}[?1000l" : "") + "\u{1B}[?2004l" }

    private func send(_ sequence: String) {
        var rest = Array(sequence.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(options.output, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            if written <= 0 { return }
            rest = rest.dropFirst(written)
        }
    }

    /// ncurses gets streams of its own, so that nothing else's buffer mixes with what it writes.
    private static func streams(_ options: TerminalOptions) throws(TerminalError) -> [UnsafeMutablePointer<FILE>] {
        guard let output = fdopen(dup(options.output), "w") else { throw .system(call: "fdopen", code: errno) }
        guard let input = fdopen(dup(options.input), "r") else {
            fclose(output)
            throw .system(call: "fdopen", code: errno)
        }
        return [output, input]
    }

    private static func start(
        _ term: String, files: [UnsafeMutablePointer<FILE>]
    ) -> (OpaquePointer, TerminalEntry)? {
        for entry in TerminalEntry.candidates(for: term) {
            let before = getenv("TERMINFO").map { String(cString: $0) }
            if entry.origin == .embedded { setenv("TERMINFO", EmbeddedTerminfo.variable, 1) }
            let screen = newterm(entry.served, files[0], files[1])
            if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
            if let screen {
                set_term(screen)
                return (screen, entry)
            }
        }
        return nil
    }

    private static func prepare() -> Int {
        raw()
        noecho()
        nonl()
        set_escdelay(25)
        let window = cgid_stdscr()
        keypad(window, true)
        meta(window, true)
        nodelay(window, true)
        intrflush(window, false)
        define_key("\u{1B}[200~", InputDecoder.Code.pasteStart)
        define_key("\u{1B}[201~", InputDecoder.Code.pasteEnd)
        for modifier in [3, 5] {
            define_key("\u{1B}[1;\(modifier)D", InputDecoder.Code.wordLeft)
            define_key("\u{1B}[1;\(modifier)C", InputDecoder.Code.wordRight)
        }
        // The decoder reads the mouse itself.
        define_key(nil, KEY_MOUSE)
        guard has_colors() else { return 0 }
        start_color()
        use_default_colors()
        return Int(cgid_colors())
    }

    private static func measure(_ terminal: Int32) -> Size {
        var columns: Int32 = 0
        var rows: Int32 = 0
        return cgid_terminal_size(terminal, &columns, &rows) == 0 ? Size(Int(columns), Int(rows)) : Size(80, 24)
    }
}

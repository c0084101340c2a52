import CNcurses
import CTerminalSupport
import Glibc
import TerminalUI

/// What the loop hands on.
public enum LoopEvent<Message: Sendable>: Sendable {
    /// Once, before anything else.
    case started(Size)
    case input(InputEvent)
    case message(Message)
    /// The tick that was asked for.
    case tick
}

/// What the handler may ask of the loop. Done after the handler returns, in this order: copy, suspend, redraw, quit.
public struct LoopControl: Sendable {
    var copies: [String] = []
    var suspends = false
    var redraws = false
    var quits = false
    var ticks: Duration?

    /// Ask for one `.tick` after that time. Of several the earliest counts; it is asked for anew after each tick.
    public mutating func tick(after delay: Duration) {
        ticks = min(ticks ?? delay, delay)
    }

    /// Text to the terminal's clipboard. What is too long is not copied: ask `Terminal.canCopy` before.
    public mutating func copy(_ text: String) {
        copies.append(text)
    }

    /// Stop the process as ^Z does; `.resumed` (and `.resize`, if it changed) comes when it goes on.
    public mutating func suspend() {
        suspends = true
    }

    /// Draw everything anew, whatever the terminal shows now.
    public mutating func redraw() {
        redraws = true
    }

    /// Leave the loop. No frame is drawn any more.
    public mutating func quit() {
        quits = true
    }
}

public enum LoopExit: Sendable, Hashable {
    case quit
    /// SIGTERM or SIGHUP.
    case signal(Int32)
    /// The terminal is gone.
    case lostTerminal
}

extension Terminal {
    /// Runs until the handler asks to leave, a signal says so, or the terminal is lost; does not close the terminal.
    /// Call it from a synchronous function on the main thread: it blocks in `poll`, and nothing wakes it while nothing
    /// happens. All that is waiting is handled before one frame is drawn.
    ///
    /// When SIGTERM, SIGHUP or a lost terminal end it, `.input(.terminated)` is handled last.
    public func run<Message>(
        mailbox: Mailbox<Message>, handle: (LoopEvent<Message>, inout LoopControl) -> Void,
        draw: (inout Surface) -> Void
    ) -> LoopExit {
        var loop = EventLoop(terminal: self, mailbox: mailbox)
        return loop.run(handle: handle, draw: draw)
    }

    public static func canCopy(_ text: String) -> Bool {
        text.utf8.count <= Clipboard.limit
    }
}

struct EventLoop<Message: Sendable> {
    typealias Handler = (LoopEvent<Message>, inout LoopControl) -> Void

    private let terminal: Terminal
    private let mailbox: Mailbox<Message>
    private let clock = ContinuousClock()
    private var tick: ContinuousClock.Instant?
    private var pasteEnd: ContinuousClock.Instant?
    private var exit: LoopExit?

    init(terminal: Terminal, mailbox: Mailbox<Message>) {
        self.terminal = terminal
        self.mailbox = mailbox
    }

    mutating func run(handle: Handler, draw: (inout Surface) -> Void) -> LoopExit {
        deliver(.started(terminal.size), to: handle)
        while true {
            if let exit { return exit }
            var surface = Surface(size: terminal.size, ellipsis: terminal.isUTF8 ? "…" : "~")
            draw(&surface)
            terminal.show(surface)
            wait(handle)
        }
    }

    /// Sleeps until something happens, and hands on all of it.
    private mutating func wait(_ handle: Handler) {
        var watched = [terminal.options.input, terminal.signals, mailbox.wake].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let ready = poll(&watched, nfds_t(watched.count), timeout())
        if ready > 0 {
            if watched[1].revents != 0 { readSignals(handle) }
            if exit == nil, watched[0].revents != 0 { readInput(watched[0].revents, handle) }
            if exit == nil, watched[2].revents != 0 {
                for message in mailbox.drain() where exit == nil { deliver(.message(message), to: handle) }
            }
        }
        fireDeadlines(handle)
    }

    /// Milliseconds for `poll`; -1 for no end.
    private func timeout() -> Int32 {
        guard let next = [tick, pasteEnd].compactMap({ $0 }).min() else { return -1 }
        let left = clock.now.duration(to: next)
        if left <= .zero { return 0 }
        return Int32(clamping: Int((left / .milliseconds(1)).rounded(.up)))
    }

    private mutating func fireDeadlines(_ handle: Handler) {
        let now = clock.now
        if exit == nil, let due = pasteEnd, due <= now {
            pasteEnd = nil
            if let event = terminal.decoder.endPaste() { deliver(.input(event), to: handle) }
        }
        if exit == nil, let due = tick, due <= now {
            tick = nil
            deliver(.tick, to: handle)
        }
    }

    private mutating func readInput(_ happened: Int16, _ handle: Handler) {
        let hasInput = happened & Int16(POLLIN) != 0 && cgid_bytes_waiting(terminal.options.input) > 0
        if hasInput {
            while exit == nil, let event = terminal.nextEvent() { deliver(.input(event), to: handle) }
            // A terminal that loses the end of a paste must not swallow what is typed after it.
            pasteEnd = terminal.decoder.isPasting ? clock.now.advanced(by: .seconds(2)) : nil
        } else {
            leave(.lostTerminal, handle)
        }
    }

    private mutating func readSignals(_ handle: Handler) {
        var numbers = [UInt8](repeating: 0, count: 256)
        let count = read(terminal.signals, &numbers, numbers.count)
        let received = Set(numbers.prefix(max(0, count)).map(Int32.init))
        if let ending = [SIGTERM, SIGHUP].first(where: received.contains) { return leave(.signal(ending), handle) }
        if received.contains(SIGCONT) { comeBack(handle, by: Terminal.resume) }
        if received.contains(SIGWINCH), terminal.updateSize() {
            deliver(.input(.resize(terminal.size)), to: handle)
        }
        if received.contains(SIGINT) { deliver(.input(.key(.control("c"))), to: handle) }
        if received.contains(SIGTSTP) { comeBack(handle, by: Terminal.suspend) }
    }

    private mutating func leave(_ reason: LoopExit, _ handle: Handler) {
        terminal.isLost = reason == .lostTerminal || reason == .signal(SIGHUP)
        deliver(.input(.terminated), to: handle)
        exit = reason
    }

    /// Comes back to the terminal as it may be by then, after the process stood still.
    private mutating func comeBack(_ handle: Handler, by way: (Terminal) -> () -> Void) {
        let before = terminal.size
        way(terminal)()
        if terminal.size != before { deliver(.input(.resize(terminal.size)), to: handle) }
        deliver(.input(.resumed), to: handle)
    }

    private mutating func deliver(_ event: LoopEvent<Message>, to handle: Handler) {
        var control = LoopControl()
        handle(event, &control)
        if let delay = control.ticks {
            let due = clock.now.advanced(by: delay)
            tick = min(tick ?? due, due)
        }
        for text in control.copies { try? terminal.copy(text) }
        if control.redraws { terminal.redraw() }
        if control.quits { exit = .quit }
        if control.suspends, exit == nil { comeBack(handle, by: Terminal.suspend) }
    }
}

extension Terminal {
    /// The next event that is waiting; nil when there is none.
    func nextEvent() -> InputEvent? {
        while true {
            if let held = decoder.takeHeld() {
                if let event = decoder.decode(held) { return event }
                continue
            }
            if readAhead.isEmpty, decoder.isPasting { readPaste() }
            if let byte = readAhead.popFirst() {
                if let event = decoder.decode(Int32(byte)) { return event }
                continue
            }
            if decoder.isPasting { return nil }
            let code = wgetch(cgid_stdscr())
            if code == ERR { return decoder.flush() }
            if code == KEY_RESIZE { continue }
            if let event = decoder.decode(code) { return event }
        }
    }

    /// A paste comes in blocks, past ncurses: that takes a megabyte one byte and three system calls at a time.
    private func readPaste() {
        guard cgid_bytes_waiting(options.input) > 0 else { return }
        var block = [UInt8](repeating: 0, count: 16_384)
        let count = read(options.input, &block, block.count)
        readAhead = block.prefix(max(0, count))
    }
}

import CTerminalSupport
import Foundation
import Glibc
import TerminalUI
import Testing

@testable import NcursesTerminal

/// The loop on a real pseudo terminal, in this process: one at a time, ncurses and signals are shared by all of it.
@Suite(.serialized) struct EventLoopTests {
    private struct Story {
        var events: [InputEvent] = []
        var messages: [String] = []
        var ticks = 0
        var frames = 0
        var exit: LoopExit?
        var screen = ""
    }

    /// Runs the loop until `step` asks to quit; five seconds at most.
    private func run(
        term: String = "xterm-256color", mailbox: Mailbox<String> = Mailbox(),
        text: String = "hello", on pseudo: PseudoTerminal,
        step: (LoopEvent<String>, Story, inout LoopControl) -> Void
    ) throws -> Story {
        let options = TerminalOptions(term: term, input: pseudo.slave, output: pseudo.slave)
        let terminal = try Terminal.open(options)
        defer { terminal.close() }
        var story = Story()
        let start = ContinuousClock().now
        story.exit = terminal.run(
            mailbox: mailbox,
            handle: { event, control in
                switch event {
                case .started: break
                case .input(let input): story.events.append(input)
                case .message(let message): story.messages.append(message)
                case .tick: story.ticks += 1
                }
                step(event, story, &control)
                if start.duration(to: ContinuousClock().now) > .seconds(5) { control.quit() }
                control.tick(after: .seconds(5))
            },
            draw: { surface in
                story.frames += 1
                surface.write(text, at: Point(2, 1))
                // What is drawn must be read, or the other side of the pseudo terminal fills up.
                _ = pseudo.collected()
            })
        story.screen = pseudo.collected()
        return story
    }

    @Test func readsKeysPastesAndMessagesAndGivesTheTerminalBack() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let mailbox = Mailbox<String>()
        let story = try run(mailbox: mailbox, on: pseudo) { event, story, control in
            switch event {
            case .started:
                #expect(!pseudo.isCooked())
                pseudo.type("a\u{1B}OA\u{1B}[200~two\nlines\u{1B}[201~\u{3}")
            case .input(.key(.control("c"))): mailbox.post("one")
            case .message("one"): pseudo.type("q")
            case .input(.key(.character("q"))): control.quit()
            default: break
            }
        }
        #expect(
            story.events == [
                .key(.character("a")), .key(.up), .paste("two\nlines"), .key(.control("c")), .key(.character("q")),
            ])
        #expect(story.messages == ["one"])
        #expect(story.exit == .quit)
        #expect(story.screen.contains("hello"))
        #expect(pseudo.isCooked())
        #expect(pseudo.collected().contains("\u{1B}[?2004l"))
    }

    @Test func takesALongPasteAndTheKeysBehindIt() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let long = String(repeating: "0123456789", count: 20_000)
        let typist = Thread { pseudo.type("\u{1B}[200~" + long + "\u{1B}[201~\u{1B}[Cq") }
        let story = try run(on: pseudo) { event, _, control in
            if case .started = event { typist.start() }
            if case .input(.key(.character("q"))) = event { control.quit() }
        }
        #expect(story.events == [.paste(long), .key(.right), .key(.character("q"))])
    }

    /// All that is waiting is handled before a frame is drawn.
    @Test func drawsOnceForManyKeys() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let story = try run(on: pseudo) { event, story, control in
            if case .started = event { pseudo.type(String(repeating: "j", count: 200) + "q") }
            if case .input(.key(.character("q"))) = event { control.quit() }
        }
        #expect(story.events.count == 201)
        #expect(story.frames <= 2)
    }

    @Test func ticksWhenAsked() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let story = try run(on: pseudo) { event, story, control in
            if story.ticks < 3 { control.tick(after: .milliseconds(5)) } else { control.quit() }
        }
        #expect(story.ticks == 3)
    }

    @Test func followsTheSize() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let story = try run(on: pseudo) { event, _, control in
            if case .started(let size) = event {
                #expect(size == Size(80, 24))
                pseudo.resize(columns: 100, rows: 30)
                kill(getpid(), SIGWINCH)
            }
            if case .input(.resize) = event { control.quit() }
        }
        #expect(story.events == [.resize(Size(100, 30))])
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func leavesWhenToldTo(_ signal: Int32) throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let story = try run(on: pseudo) { event, _, _ in
            if case .started = event { kill(getpid(), signal) }
        }
        #expect(story.events == [.terminated])
        #expect(story.exit == .signal(signal))
        #expect(pseudo.isCooked())
    }

    @Test(arguments: ["xterm-kitty", "no-such-terminal"])
    func findsAWayWithoutAnEntry(_ term: String) throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let terminal = try Terminal.open(TerminalOptions(term: term, input: pseudo.slave, output: pseudo.slave))
        defer { terminal.close() }
        #expect(terminal.entry.asked == term)
        #expect(terminal.entry.origin != .own || term == "xterm-kitty")
        #expect(terminal.colors >= 8)
        #expect(terminal.size == Size(80, 24))
    }

    @Test func copiesThroughTheTerminal() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let story = try run(on: pseudo) { event, _, control in
            control.copy("hello")
            control.quit()
        }
        #expect(story.screen.contains("\u{1B}]52;c;aGVsbG8=\u{07}"))
    }

    @Test func refusesWhatIsNoTerminal() throws {
        let pseudo = try #require(PseudoTerminal(columns: 80, rows: 24))
        let null = open("/dev/null", O_RDWR)
        defer { close(null) }
        #expect(throws: TerminalError.notATerminal("standard input")) {
            _ = try Terminal.open(TerminalOptions(term: "xterm", input: null, output: pseudo.slave))
        }
        #expect(throws: TerminalError.notATerminal("standard output")) {
            _ = try Terminal.open(TerminalOptions(term: "xterm", input: pseudo.slave, output: null))
        }
        for term in ["dumb", ""] {
            #expect(throws: TerminalError.dumb) {
                _ = try Terminal.open(TerminalOptions(term: term, input: pseudo.slave, output: pseudo.slave))
            }
        }
    }
}

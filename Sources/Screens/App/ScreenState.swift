import TerminalUI

/// One screen: its state, what keys do to it, and how it looks.
protocol ScreenState: Sendable {
    /// The keys of this screen; footer, help and documentation are made from it.
    static var bindings: [Binding<Command>] { get }

    /// The person came here.
    mutating func enter(_ context: Context) -> [Request]
    /// The person goes away: what was revealed is masked again.
    mutating func leave()
    /// What the person who goes away now leaves behind, and how to take it up again.
    var farewell: String? { get }
    /// A key that is no command here.
    /// - Returns: `nil` when the screen has no use for it.
    mutating func handle(_ key: Key, _ context: Context) -> [Request]?
    /// The mouse, on something that the screen has drawn.
    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request]
    mutating func paste(_ text: String, _ context: Context)
    mutating func perform(_ command: Command, _ context: Context) -> [Request]
    /// An answer came, to whichever screen; the workspace knows it already.
    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request]
    /// The person is somebody else at Chainguard now: what was listed is gone.
    mutating func sessionChanged(_ context: Context)
    /// The time noted in `wakes` has come.
    mutating func wake(_ context: Context) -> [Request]
    /// Go back one level inside the screen.
    /// - Returns: `nil` at the screen's root.
    mutating func goBack(_ context: Context) -> [Request]?
    /// There is a level inside the screen to go back to.
    func hasWayBack(_ context: Context) -> Bool
    /// Why the command can't be given now; `nil` when it can.
    func objection(to command: Command, _ context: Context) -> String?
    func draw(into surface: inout Surface, _ context: Context)

    /// A field has the keys: characters are text and no commands.
    var isTyping: Bool { get }
    /// Keys of the list that is shown, which stand before those of the screen.
    var listHints: [KeyHint] { get }
    /// The keys that matter while a field is typed in; Esc is one of them.
    var typingHints: [KeyHint] { get }
    /// Commands that work but matter less now: the footer leaves them to the help.
    var asides: Set<Command> { get }
    /// Moments at which the screen looks different without any event.
    func wakes(_ context: Context) -> [Duration]
}

extension ScreenState {
    mutating func enter(_: Context) -> [Request] { [] }
    mutating func leave() {}
    var farewell: String? { nil }
    mutating func handle(_: Key, _: Context) -> [Request]? { nil }
    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] { turnWheel(hit, context) }
    mutating func paste(_: String, _: Context) {}
    mutating func receive(_: Answer, of _: Job, _: Context) -> [Request] { [] }
    mutating func sessionChanged(_: Context) {}
    mutating func wake(_: Context) -> [Request] { [] }
    mutating func goBack(_: Context) -> [Request]? { nil }
    func hasWayBack(_: Context) -> Bool { false }
    func objection(to _: Command, _: Context) -> String? { nil }
    var isTyping: Bool { false }
    var listHints: [KeyHint] { [] }
    var typingHints: [KeyHint] { [KeyHint(.enter, label: "keep"), KeyHint(.escape, label: "clear")] }
    var asides: Set<Command> { [] }
    func wakes(_: Context) -> [Duration] { [] }
}

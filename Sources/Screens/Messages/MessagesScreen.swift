import AWSCaller
import FoundationEssentials
import TerminalUI

/// What happened in this session: when, what, and how it ended.
struct MessagesScreen: ScreenState {
    /// Oldest first; the oldest go when there are too many.
    private(set) var messages: [Message] = []
    var table = TableView(
        columns: [
            TableColumn("Time", .fixed(8)), TableColumn("What", .flexible(min: 18, max: 30)),
            TableColumn("Outcome", .flexible(min: 20)),
        ], emptyText: "Nothing happened yet.")
    var isOpen = false
    var scroll = Scroll()
    static let limit = 500

    static let bindings: [Binding<Command>] = [
        Binding(.enter, action: .openDetail, label: "details", help: "Show the selected message in full."),
        Binding(
            .character("w"), action: .saveBundle, label: "for support",
            help: "Write what happened and what cgid runs on, without secrets, to a file for whoever helps you."),
    ]

    mutating func note(_ failure: Failure, of running: Work.Running, now: Date) {
        add(
            Message(
                time: now, what: running.job.title, failure: failure, took: nil, requestIDs: running.requestIDs))
    }

    mutating func note(done running: Work.Running, now: Date) {
        let took = Duration.milliseconds(Int(max(0, now.timeIntervalSince(running.started)) * 1000))
        add(Message(time: now, what: running.job.title, failure: nil, took: took, requestIDs: running.requestIDs))
    }

    private mutating func add(_ message: Message) {
        messages.append(message)
        if messages.count > Self.limit { messages.removeFirst(messages.count - Self.limit) }
        let row = table.selection.index
        table.rowCount = messages.count
        // Newest first: the selected message stays selected, except that the top stays the top.
        if row > 0 || isOpen { table.selection.select(row + 1) }
    }

    private var selected: Message? {
        table.selectedRow.flatMap { $0 < messages.count ? messages[messages.count - 1 - $0] : nil }
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        if isOpen {
            let rows = page(context).rows.count
            return scroll.update(key, rows: rows, height: context.content.height) ? [] : nil
        }
        table.selection.visibleRows = max(1, context.content.height - 1)
        return table.update(key) ? [] : nil
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        if isOpen { return turnWheel(hit, context) }
        _ = table.selection.update(hit)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        if command == .saveBundle { return [.prompt(.bundle(messages, now: context.now))] }
        guard command == .openDetail else { return [] }
        isOpen = true
        scroll.reset()
        return []
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        guard isOpen else { return nil }
        isOpen = false
        return []
    }

    func objection(to command: Command, _ context: Context) -> String? {
        command == .openDetail && selected == nil ? "there is no message" : nil
    }

    func draw(into surface: inout Surface, _ context: Context) {
        if isOpen {
            page(context).draw(into: &surface, in: context.content, scroll: scroll)
            return
        }
        table.draw(into: &surface, in: context.content, theme: context.theme, focused: true) { row in
            guard row < messages.count else { return [] }
            return cells(messages[messages.count - 1 - row], context.theme)
        }
    }

    private func cells(_ message: Message, _ theme: Theme) -> [TableCell] {
        let outcome: TableCell =
            if let failure = message.failure {
                TableCell("\(theme.glyphs.cross) \(failure.what)", theme.bad)
            } else {
                TableCell(
                    "\(theme.glyphs.check) done" + (message.took.map { " in \(TimeText.measured($0))" } ?? ""),
                    theme.good)
            }
        return [TableCell(TimeText.time(message.time), theme.dim), TableCell(message.what), outcome]
    }

    private func page(_ context: Context) -> Page {
        var page = Page(width: context.content.width - 2, theme: context.theme)
        guard let message = selected else { return page }
        page.heading(message.what)
        page.pair("Time", TimeText.timestamp(message.time))
        if let took = message.took { page.pair("Took", TimeText.measured(took)) }
        if !message.requestIDs.isEmpty { page.pair("Request ids", message.requestIDs.joined(separator: ", ")) }
        guard let failure = message.failure else {
            page.pair("Outcome", "done")
            return page
        }
        page.blank()
        page.failure(failure)
        return page
    }
}

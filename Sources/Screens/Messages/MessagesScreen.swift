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
            .character("y"), action: .copyMessage, label: "copy",
            help: "Copy the selected message: when, what, the outcome, and the servers' request ids."),
        Binding(
            .character("w"), action: .saveBundle, label: "support file",
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
            let rect = layout(context).detail
            let rows = page(context, width: rect.width).rows.count
            return scroll.update(key, rows: rows, height: rect.height) ? [] : nil
        }
        table.selection.visibleRows = max(1, context.content.height - 1)
        guard table.update(key) else { return nil }
        scroll.reset()
        return []
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        guard hit.place == .table else {
            isOpen = isOpen || hit.action == .click
            return isOpen ? turnWheel(hit, context) : []
        }
        if hit.action == .click { isOpen = false }
        if table.selection.update(hit) { scroll.reset() }
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        if command == .copyMessage {
            return selected.map { [.copy(Secret($0.text), said: "Copied what happened, with its request ids")] } ?? []
        }
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

    func hasWayBack(_ context: Context) -> Bool { isOpen }

    func objection(to command: Command, _ context: Context) -> String? {
        if command == .copyMessage, selected == nil { return "there is no message" }
        guard command == .openDetail else { return nil }
        return isOpen ? "they are open" : selected == nil ? "there is no message" : nil
    }

    func draw(into surface: inout Surface, _ context: Context) {
        let layout = layout(context)
        if context.isWide || !isOpen { drawTable(into: &surface, in: layout.table, context) }
        guard context.isWide || isOpen else { return }
        if context.isWide { surface.drawDivider(leftOf: layout.detail, isFocused: isOpen, context.theme) }
        surface.within(.detail) {
            page(context, width: layout.detail.width).draw(into: &$0, in: layout.detail, scroll: scroll)
        }
    }

    /// Beside each other where there is room, else the detail takes the table's place.
    private func layout(_ context: Context) -> (table: Rect, detail: Rect) {
        guard context.isWide else { return (context.content, context.content) }
        let (table, detail) = context.content.panes(leftPercent: 53)
        return (table, detail)
    }

    private func drawTable(into surface: inout Surface, in rect: Rect, _ context: Context) {
        surface.within(.table) {
            table.draw(into: &$0, in: rect, theme: context.theme, focused: !isOpen) { row in
                guard row < messages.count else { return [] }
                return cells(messages[messages.count - 1 - row], context.theme)
            }
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

    private func page(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
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

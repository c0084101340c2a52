import AWSCaller
import TerminalUI

/// The profiles of the AWS files, to look at the caller of one; narrowed as one types.
struct ProfileMenu: Sendable {
    private struct Row: Sendable {
        /// `nil`: whatever the environment says.
        var name: String?
        var words: String
        var detail: String
    }

    private let rows: [Row]
    /// The row that is in force now.
    private let used: Int
    private var list: FilterList

    init(_ profiles: [ProfileSummary], _ context: Context) {
        let picked = context.workspace.profile
        let found = context.workspace.caller.value?.resolution.profile
        let none = Row(name: nil, words: Self.unpicked(context, picked == nil ? found : nil), detail: "")
        let rows = [none] + profiles.map { Row(name: $0.name, words: $0.kind.words, detail: $0.location) }
        self.rows = rows
        used = picked.flatMap { name in rows.firstIndex { $0.name == name } } ?? 0
        list = FilterList(
            rows.map { "\($0.name ?? "") \($0.words)" }, selected: used, placeholder: "type to narrow the list")
    }

    /// Which profile it is while none is chosen here, and why.
    /// - Parameter found: what was found without a choice; `nil` where one was chosen.
    private static func unpicked(_ context: Context, _ found: ProfileChoice?) -> String {
        if let started = context.options.profile { return "as cgid was started: --profile \(started)" }
        guard let found else { return "as the environment says: AWS_PROFILE, else default" }
        return "as the environment says: \(found.name), \(found.reason.words)"
    }

    /// What Enter takes: a name, or `nil` in it for what the environment says.
    var chosen: String?? { list.chosen.map { rows[$0].name } }

    mutating func update(_ key: Key, size: Size) {
        _ = list.update(key, visibleRows: box(in: Chrome.content(of: size)).height - 3)
    }

    mutating func update(_ hit: MouseHit) {
        list.update(hit)
    }

    mutating func paste(_ text: String) {
        list.paste(text)
    }

    private func box(in rect: Rect) -> Rect {
        let width = min(rect.width, 92)
        let height = min(rect.height, rows.count + 3)
        return Rect(x: rect.x + (rect.width - width) / 2, y: rect.y, width: width, height: height)
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let box = box(in: rect)
        Panel.draw(into: &surface, in: box, title: "AWS profile", theme: theme)
        let names = min(28, rows.map { Text.width($0.name ?? "") }.max() ?? 0)
        list.draw(
            into: &surface, in: box.inset(horizontal: 2, vertical: 1), theme: theme, none: "No profile is called that."
        ) { index, isChosen in
            let row = rows[index]
            let plain = isChosen ? theme.selected : theme.text
            let dim = isChosen ? theme.selected : theme.dim
            let isUsed = index == used
            let sign = (isUsed ? theme.glyphs.radioOn : theme.glyphs.radioOff) + " "
            let name = row.name.map { Text.padded($0, to: names) + "  " } ?? ""
            let left = [
                Span(sign, isUsed && !isChosen ? theme.good : plain), Span(name, plain), Span(row.words, dim),
            ]
            return (left, [Span(isUsed ? "used now" : row.detail, dim)])
        }
    }
}

import TerminalUI

/// The keys of a screen, searchable; made from the bindings.
struct HelpOverlay: Sendable {
    var sections: [Keymap.Section]
    var filter = TextField(placeholder: "type to search")
    var scroll = Scroll()

    mutating func update(_ key: Key, size: Size) {
        switch key.code {
        case .up, .down, .pageUp, .pageDown, .home, .end:
            let box = Self.box(in: Chrome.content(of: size))
            _ = scroll.update(key, rows: page(width: box.width - 4, .standard).rows.count, height: box.height - 4)
        // Whoever is used to it may begin a search with it.
        case .character("/") where filter.isEmpty: break
        default:
            if filter.update(key) { scroll.reset() }
        }
    }

    /// The wheel is as good as so many arrows.
    mutating func update(_ hit: MouseHit, size: Size) {
        filter.update(hit)
        for key in hit.arrows { update(key, size: size) }
    }

    static func box(in rect: Rect) -> Rect {
        let width = min(rect.width, 92)
        return Rect(x: rect.x + (rect.width - width) / 2, y: rect.y, width: width, height: rect.height)
    }

    func page(width: Int, _ theme: Theme) -> Page {
        var page = Page(width: width - 2, theme: theme)
        page.labelWidth = 18
        let matcher = FuzzyMatcher(filter.text)
        let all = sections.flatMap(\.rows)
        let found =
            matcher.isEmpty
            ? Set(all) : Set(FuzzyIndex(all.map { "\($0.keys) \($0.help)" }).search(matcher).map { all[$0] })
        for section in sections {
            let rows = section.rows.filter(found.contains)
            guard !rows.isEmpty else { continue }
            page.heading(section.title)
            for row in rows { page.pair(row.keys, [Span(row.help)]) }
        }
        if page.rows.isEmpty { page.text("No key does that here.", theme.dim) }
        return page
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let box = Self.box(in: rect)
        Panel.draw(into: &surface, in: box, title: "Keys", theme: theme)
        let (search, body) = box.inset(horizontal: 2, vertical: 1).splitTop(1)
        surface.cursor = nil
        filter.draw(into: &surface, in: search, theme: theme, focused: true)
        page(width: body.width, theme).draw(into: &surface, in: body.splitTop(1).rest, scroll: scroll)
    }
}

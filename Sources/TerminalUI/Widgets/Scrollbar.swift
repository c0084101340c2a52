/// A column that shows which part of a longer list is seen; nothing when all of it is.
enum Scrollbar {
    static func draw(into surface: inout Surface, in rect: Rect, top: Int, count: Int, theme: Theme) {
        guard count > rect.height, rect.height > 1, rect.width > 0 else { return }
        let size = max(1, rect.height * rect.height / count)
        let start = (rect.height - size) * top / max(1, count - rect.height)
        for row in 0..<rect.height {
            let isThumb = row >= start && row < start + size
            surface.write(
                isThumb ? theme.glyphs.scrollThumb : theme.glyphs.scrollTrack, at: Point(rect.maxX - 1, rect.y + row),
                style: isThumb ? theme.text : theme.dim)
        }
    }
}

import AWSCaller
import Chainguard
import TerminalUI

/// The request as it stands in the token: each part in the style of its role, the one under the cursor marked.
struct TokenRequestView {
    let token: OpenedToken
    let cursor: Int
    let isRevealed: Bool
    let theme: Theme

    func draw(into surface: inout Surface, in rect: Rect) {
        let page = page(width: rect.width - 1)
        let marked = page.rows.firstIndex { row in row.contains { $0.style == theme.selected } } ?? 0
        surface.within(.table) { page.draw(into: &$0, in: rect, from: marked - rect.height / 2) }
    }

    private func page(width: Int) -> Page {
        let marked = token.stops.indices.contains(cursor) ? token.stops[cursor].part : -1
        var page = Page(width: width, theme: theme)
        for (number, line) in token.lines.enumerated() {
            let spans = line.map { piece in
                let text = piece.part.isSecret && !isRevealed ? Mask.text(theme) : piece.text
                return Span(text, piece.index == marked ? theme.selected : style(piece.part))
            }
            page.answering(.item(number)) { $0.hanging(spans) }
        }
        return page
    }

    private func style(_ part: TokenParts.Part) -> Style {
        if part.isSecret { return theme.warning }
        switch part.kind {
        case .method, .path, .query: return theme.accent
        case .headerName: return theme.label
        case .headerValue(let name):
            let binds = ["host", "x-amz-date", "chainguard-audience", "chainguard-identity"]
            return binds.contains(name) ? theme.title : theme.text
        case .accessKey, .scopeDate, .scopeRegion, .scopeService: return theme.key
        case .signedHeaders, .body: return theme.text
        case .version, .algorithm, .scopeTerminator, .signature, .punctuation: return theme.dim
        }
    }
}

/// What the part under the cursor is, who checks it, and what happens if it is wrong.
enum TokenPartPage {
    /// Rows that every explanation fits into, 78 columns wide.
    static let height = 6

    static func page(_ part: TokenParts.Part?, findings: [TokenFinding], width: Int, _ theme: Theme) -> Page {
        var page = Page(width: width, theme: theme)
        page.labelWidth = 12
        guard let part, let told = part.kind.explanation else { return page }
        let about = findings.filter { $0.severity > .note && part.kind.isMeant(by: $0.place) }
        let cover = part.kind.isOfAuthorization ? "" : part.isSigned ? "  signed" : "  not signed"
        let warning = Span("  \(theme.glyphs.warning) see Findings", theme.warning)
        page.text([Span(told.title, theme.title), Span(cover, theme.dim)] + (about.isEmpty ? [] : [warning]))
        page.pair("What it is", told.what)
        page.pair("Checked by", told.checkedBy)
        page.pair("If wrong", told.ifWrong)
        return page
    }
}

extension TokenParts.Kind {
    /// The signature and what tells how it was made: of these it makes no sense to say that they are signed.
    fileprivate var isOfAuthorization: Bool {
        switch self {
        case .algorithm, .accessKey, .scopeDate, .scopeRegion, .scopeService, .scopeTerminator, .signedHeaders,
            .signature:
            true
        case .headerName(let name), .headerValue(let name): name.lowercased() == "authorization"
        case .method, .path, .query, .version, .body, .punctuation: false
        }
    }

    /// Whether a finding's place means this part.
    fileprivate func isMeant(by place: String) -> Bool {
        switch self {
        case .method, .path, .query, .version: place == "request line"
        case .headerName(let name), .headerValue(let name): place.lowercased() == "header \(name.lowercased())"
        case _ where isOfAuthorization: place == "header Authorization"
        case .body: place == "after the headers"
        default: false
        }
    }
}

import AWSCaller
import Chainguard
import TerminalUI

/// The two texts that lead from the request to its signature; the line that the part under the cursor became is
/// marked.
enum TokenSigningView {
    static func canonical(
        _ request: TokenRequest, marking kind: TokenParts.Kind?, isRevealed: Bool, _ page: inout Page
    ) {
        guard let text = request.canonicalRequest?.reveal() else { return unreadable(&page) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let marked = kind.flatMap { line(of: $0, in: lines) }
        let secret = "x-amz-security-token:"
        for (number, line) in lines.enumerated() {
            let isMasked = line.hasPrefix(secret) && !isRevealed
            let spans =
                isMasked ? [Span(secret), Span(Mask.text(page.theme), page.theme.warning)] : [Span(line)]
            write(spans, isMarked: number == marked, &page)
        }
    }

    static func toSign(_ request: TokenRequest, marking kind: TokenParts.Kind?, _ page: inout Page) {
        guard let text = request.stringToSign else { return unreadable(&page) }
        let marked: Int? =
            switch kind {
            case .algorithm: 0
            case .headerValue("x-amz-date"): 1
            case .scopeDate, .scopeRegion, .scopeService, .scopeTerminator: 2
            default: nil
            }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            write([Span(String(line))], isMarked: number == marked, &page)
        }
        page.blank()
        page.text("Algorithm, date, scope, and the SHA-256 of the canonical request.", page.theme.dim)
    }

    /// Of the canonical request's lines: method, path, query, headers, an empty one, their names, the body's hash.
    private static func line(of kind: TokenParts.Kind, in lines: [String]) -> Int? {
        switch kind {
        case .method: 0
        case .path: 1
        case .query: 2
        case .headerName(let name), .headerValue(let name):
            lines.firstIndex { $0.hasPrefix("\(name.lowercased()):") }
        case .signedHeaders: lines.count - 2
        case .body: lines.count - 1
        default: nil
        }
    }

    private static func write(_ spans: [Span], isMarked: Bool, _ page: inout Page) {
        let theme = page.theme
        let plain = isMarked ? spans.map { Span($0.text, $0.style.layered(over: theme.title)) } : spans
        page.item(isMarked ? theme.glyphs.pointer : " ", theme.accent, plain)
    }

    private static func unreadable(_ page: inout Page) {
        page.text("The Authorization header can't be read, so what was signed is not known.", page.theme.dim)
    }
}

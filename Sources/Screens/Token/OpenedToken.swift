import AWSCaller
import Chainguard
import FoundationEssentials

/// A token as the screen looks at it: opened once, as far as it can be.
struct OpenedToken: Sendable {
    let text: Secret
    /// `nil` for a text that holds no request.
    let request: TokenRequest?
    let parts: TokenParts?
    /// When it ends, as far as it says so itself.
    let expires: Date?
    let isPasted: Bool
    /// It ends before its 15 minutes are over, with the credentials that signed it.
    let endsEarly: Bool
    /// The parts that the cursor stops at, by index, and the line that each stands in.
    private(set) var stops: [(part: Int, line: Int)] = []

    /// A token signed here.
    init(_ signed: SignedCallerToken) {
        let full = signed.signedAt.addingTimeInterval(Double(CallerTokenGenerator.lifetime.components.seconds))
        self.init(
            signed.text, signed.request, expires: signed.expires, isPasted: false, endsEarly: signed.expires < full)
    }

    /// A token, or what was meant to be one, made elsewhere.
    init(pasted text: Secret) {
        let request = (try? TokenDecoder.decode(text.reveal()))?.request
        let end = request?.date?.addingTimeInterval(Double(CallerTokenGenerator.lifetime.components.seconds))
        self.init(text, request, expires: end, isPasted: true)
    }

    private init(
        _ text: Secret, _ request: TokenRequest?, expires: Date?, isPasted: Bool, endsEarly: Bool = false
    ) {
        self.endsEarly = endsEarly
        self.text = text
        self.request = request
        self.expires = expires
        self.isPasted = isPasted
        parts = request.map(TokenParts.init)
        for (number, line) in lines.enumerated() {
            for part in line where part.part.kind != .punctuation && stops.last?.part != part.index {
                stops.append((part.index, number))
            }
        }
    }

    /// Whom it is for, as it says itself.
    var identity: UIDP? { request?.identity.flatMap { UIDP($0) } }

    struct Piece {
        let index: Int
        let part: TokenParts.Part
        let text: String
    }

    /// The request line by line, each cut into its parts.
    var lines: [[Piece]] {
        guard let parts else { return [] }
        var lines: [[Piece]] = [[]]
        for (index, part) in parts.parts.enumerated() {
            let texts = parts.text(of: part).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            for (number, text) in texts.enumerated() {
                if number > 0 { lines.append([]) }
                var shown = String(decoding: text, as: UTF8.self)
                if number < texts.count - 1, text.last == 0x0D {
                    shown = String(decoding: text.dropLast(), as: UTF8.self)
                }
                if !shown.isEmpty { lines[lines.count - 1].append(Piece(index: index, part: part, text: shown)) }
            }
        }
        return lines
    }

    /// The part that the cursor stands on.
    func part(at cursor: Int) -> TokenParts.Part? {
        stops.indices.contains(cursor) ? parts?.parts[stops[cursor].part] : nil
    }

    /// Where the cursor comes to from `cursor`, so many lines on: the first part of that line.
    func cursor(_ cursor: Int, movedBy lines: Int) -> Int {
        guard let here = stops.indices.contains(cursor) ? stops[cursor].line : nil else { return 0 }
        let numbers = stops.map(\.line).reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
        let place = (numbers.firstIndex(of: here) ?? 0) + lines
        let wanted = numbers[min(max(0, place), numbers.count - 1)]
        return stops.firstIndex { $0.line == wanted } ?? 0
    }
}

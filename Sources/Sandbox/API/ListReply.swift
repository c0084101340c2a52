import Chainguard
import FoundationEssentials

/// Which part of a list a client asks for: page size, page token, skip (AIP-158).
struct PageRequest: Sendable {
    static let defaultSize = 50
    static let maximumSize = 200
    static let tokenLifetime = 3 * 24 * 3600

    var size: Int
    var start: Int
    var skip: Int
    /// The rest of the question, which has to stay the same from page to page.
    let question: String

    private struct Token: Codable {
        var start: Int
        var expires: Int
        var question: String
    }

    init(_ request: Incoming, now: Date) throws(StatusError) {
        let fields = request.fields
        size = try Self.number(fields, "page_size", "pageSize", otherwise: 0)
        if size == 0 { size = Self.defaultSize }
        size = min(size, Self.maximumSize)
        skip = try Self.number(fields, "skip", "skip", otherwise: 0)
        let paging: Set<String> = ["page_size", "pageSize", "page_token", "pageToken", "skip"]
        let rest = fields.pairs.filter { !paging.contains($0.name) }.map { "\($0.name)=\($0.value)" }.sorted()
        question = Material.hex("\(request.path)?\(rest.joined(separator: "&"))", digits: 16)
        start = 0
        guard let text = fields.first(of: "page_token", "pageToken") else { return }
        guard let data = Data(base64Encoded: text), let token = try? JSONDecoder().decode(Token.self, from: data),
            token.question == question, Double(token.expires) > now.timeIntervalSince1970
        else { throw StatusError(.invalidArgument, "invalid page_token") }
        start = token.start
    }

    private static func number(
        _ fields: FormFields, _ name: String, _ other: String, otherwise: Int
    ) throws(StatusError) -> Int {
        guard let text = fields.first(of: name, other) else { return otherwise }
        guard let number = Int(text), (0...Int(Int32.max)).contains(number) else {
            throw StatusError(.invalidArgument, "invalid \(name): \(text)")
        }
        return number
    }

    func token(for start: Int, now: Date) -> String {
        let token = Token(
            start: start, expires: Int(now.timeIntervalSince1970) + Self.tokenLifetime, question: question)
        return ((try? JSON.encoder.encode(token)) ?? Data()).base64EncodedString()
    }
}

/// A page as it is answered: the elements under the list's name, the next token, the counts as JSON strings.
struct ListReply<Element: Encodable>: Encodable {
    var name: String
    var elements: [Element]
    var nextPageToken: String
    var totalCount: Int
    var skipped: Int

    /// - Parameter all: the whole list, in order.
    init(_ name: String, of all: [Element], _ page: PageRequest, now: Date) {
        self.init(name, of: all, page, now: now) { $0 }
    }

    /// - Parameters:
    ///   - all: what stands for the whole list, in order.
    ///   - element: asked for what is on the page only.
    init<Place>(_ name: String, of all: [Place], _ page: PageRequest, now: Date, _ element: (Place) -> Element) {
        let first = min(page.start + page.skip, all.count)
        let end = min(first + page.size, all.count)
        self.name = name
        elements = all[first..<end].map(element)
        nextPageToken = end < all.count ? page.token(for: end, now: now) : ""
        totalCount = all.count
        skipped = first - min(page.start, all.count)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: FieldName.self)
        try fields.encode(elements, forKey: FieldName(name))
        try fields.encode(nextPageToken, forKey: FieldName("nextPageToken"))
        try fields.encode(String(totalCount), forKey: FieldName("totalCount"))
        if skipped > 0 { try fields.encode(skipped, forKey: FieldName("skipped")) }
    }
}

/// The `uidp.…` filters that every list takes.
struct PlaceFilter: Sendable {
    private let tests: [@Sendable (UIDP) -> Bool]

    init(_ fields: FormFields) throws(StatusError) {
        var tests: [@Sendable (UIDP) -> Bool] = []
        if let place = try Self.place(fields, "descendants_of", "descendantsOf") {
            tests.append { place.contains($0) && $0 != place }
        }
        if let place = try Self.place(fields, "children_of", "childrenOf") {
            tests.append { $0.parent == place }
        }
        if let place = try Self.place(fields, "ancestors_of", "ancestorsOf") {
            tests.append { $0.contains(place) && $0 != place }
        }
        if fields.first(of: "uidp.in_root", "uidp.inRoot") == "true" {
            tests.append { $0.isRoot }
        }
        let ids = Set(fields.all("uidp.ids"))
        if !ids.isEmpty { tests.append { ids.contains($0.text) } }
        self.tests = tests
    }

    func admits(_ uid: UIDP) -> Bool { tests.allSatisfy { $0(uid) } }

    private static func place(_ fields: FormFields, _ name: String, _ other: String) throws(StatusError) -> UIDP? {
        guard let text = fields.first(of: "uidp.\(name)", "uidp.\(other)") else { return nil }
        guard let place = UIDP(text) else { throw StatusError(.invalidArgument, "invalid uidp.\(name): \(text)") }
        return place
    }
}

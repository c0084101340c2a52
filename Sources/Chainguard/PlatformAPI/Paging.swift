import AWSCaller

/// Part of a list.
public struct Page<Element: Sendable>: Sendable {
    /// In the order of the API.
    public var items: [Element]
    /// Leads to the next page; `nil` on the last one.
    public var nextPageToken: String?
    /// How many there are in all, where the API says it.
    public var totalCount: Int?

    public init(items: [Element], nextPageToken: String? = nil, totalCount: Int? = nil) {
        self.items = items
        self.nextPageToken = nextPageToken
        self.totalCount = totalCount
    }
}

extension Page: Equatable where Element: Equatable {}
extension Page: Hashable where Element: Hashable {}

extension PlatformAPI {
    static let maximumPageSize = 200

    static func paging(size: Int, token: String? = nil, skip: Int = 0) -> [(String, String)] {
        [("page_size", String(min(max(size, 1), maximumPageSize)))] + (token.map { [("page_token", $0)] } ?? [])
            + (skip > 0 ? [("skip", String(skip))] : [])
    }

    func one<Element>(_ operation: Operation, _ read: (JSONValue) -> Element?) async throws(Failure) -> Element {
        guard let element = read(try await call(operation)) else {
            throw failure(
                .garbage(.other, expected: operation.expected, detail: "JSON without a valid UIDP"), operation)
        }
        return element
    }

    func page<Element: Sendable>(
        _ operation: Operation, list: String, _ read: (JSONValue) -> Element?
    ) async throws(Failure) -> Page<Element> {
        let answer = try await call(operation)
        let elements = answer[list].map { _ in answer.list(list) } ?? answer.list("items")
        let items = elements.compactMap(read)
        guard items.count == elements.count else {
            throw failure(
                .garbage(.other, expected: operation.expected, detail: "an element without a valid UIDP"), operation)
        }
        return Page(
            items: items, nextPageToken: answer.text("nextPageToken"), totalCount: answer.integer("totalCount"))
    }

    /// Every page of a short list, one after the other.
    func everything<Element: Sendable>(
        _ operation: Operation, list: String, _ read: (JSONValue) -> Element?
    ) async throws(Failure) -> [Element] {
        var items: [Element] = []
        var token: String?
        repeat {
            var next = operation
            next.query += Self.paging(size: Self.maximumPageSize, token: token)
            let page = try await page(next, list: list, read)
            items += page.items
            guard page.nextPageToken != token || token == nil else {
                throw failure(.garbage(.other, expected: operation.expected, detail: "the same page twice"), operation)
            }
            token = page.nextPageToken
        } while token != nil
        return items
    }
}

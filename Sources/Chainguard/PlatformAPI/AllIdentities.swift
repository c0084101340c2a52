import AWSCaller

extension PlatformAPI {
    static let pagesAtOnce = 8

    /// Every identity, in the API's order, each once. After the first page the others are fetched side by side, up to 8
    /// at a time. Cancelling the task ends it.
    /// - Parameter progress: how many have come, how many there are, and the list's beginning as it stands: at once after
    ///   the first page, then whenever it has grown by a quarter, so that a large list is not copied for every page.
    public func allIdentities(
        _ query: IdentityQuery = IdentityQuery(), pageSize: Int = 200,
        progress: @Sendable (_ loaded: Int, _ total: Int, _ beginning: [AssumableIdentity]) -> Void = { _, _, _ in }
    ) async throws(Failure) -> [AssumableIdentity] {
        let first = try await identities(query, pageSize: pageSize)
        var list = GrowingList(first)
        progress(list.loaded, list.total, list.beginning)
        // A page may hold fewer than asked for: what came is what a page is.
        let size = first.items.count
        if size > 0, first.nextPageToken != nil, let total = first.totalCount, total > size {
            let skips = Array(stride(from: size, to: total, by: size))
            try await fetch(query, skips, size: size, into: &list, progress)
        }
        var seen = list.lastPageToken
        while let token = list.lastPageToken {
            let page = try await identities(query, pageSize: pageSize, pageToken: token)
            list.append(page)
            progress(list.loaded, list.total, list.beginning)
            guard list.lastPageToken != seen else { break }
            seen = list.lastPageToken
        }
        return list.whole
    }

    private func fetch(
        _ query: IdentityQuery, _ skips: [Int], size: Int, into list: inout GrowingList,
        _ progress: @Sendable (Int, Int, [AssumableIdentity]) -> Void
    ) async throws(Failure) {
        list.expect(skips.count)
        let problem = await withTaskGroup(of: (Int, Result<Page<AssumableIdentity>, Failure>).self) {
            tasks -> Failure? in
            var next = 0
            func start() {
                guard next < skips.count else { return }
                let (index, skip) = (next, skips[next])
                next += 1
                tasks.addTask { (index, await result(query, size: size, skip: skip)) }
            }
            for _ in 0..<Self.pagesAtOnce { start() }
            while let (index, result) = await tasks.next() {
                switch result {
                case .success(let page):
                    list.put(page, at: index)
                    progress(list.loaded, list.total, list.beginning)
                    start()
                case .failure(let failure):
                    tasks.cancelAll()
                    return failure
                }
            }
            return nil
        }
        if let problem { throw problem }
    }

    private func result(
        _ query: IdentityQuery, size: Int, skip: Int
    ) async -> Result<Page<AssumableIdentity>, Failure> {
        do throws(Failure) {
            return .success(try await identities(query, pageSize: size, skip: skip))
        } catch {
            return .failure(error)
        }
    }
}

/// Pages that arrive out of turn, made into one list without duplicates.
struct GrowingList {
    private(set) var total: Int
    private(set) var loaded: Int
    /// Leads beyond what has been fetched; `nil` when the list is whole.
    private(set) var lastPageToken: String?
    /// What `progress` is shown.
    private(set) var beginning: [AssumableIdentity] = []
    private var list: [AssumableIdentity] = []
    private var seen: Set<UIDP> = []
    private var texts = SharedTexts()
    private var waiting: [Page<AssumableIdentity>?] = []
    private var joined = 0

    init(_ first: Page<AssumableIdentity>) {
        total = first.totalCount ?? first.items.count
        loaded = 0
        append(first)
    }

    var whole: [AssumableIdentity] { list }

    mutating func expect(_ pages: Int) {
        waiting = Array(repeating: nil, count: pages)
    }

    mutating func put(_ page: Page<AssumableIdentity>, at index: Int) {
        waiting[index] = page
        loaded += page.items.count
        while joined < waiting.count, let page = waiting[joined] {
            waiting[joined] = nil
            joined += 1
            join(page)
        }
    }

    mutating func append(_ page: Page<AssumableIdentity>) {
        loaded += page.items.count
        join(page)
    }

    private mutating func join(_ page: Page<AssumableIdentity>) {
        for identity in page.items where seen.insert(identity.uid).inserted { list.append(texts.share(identity)) }
        lastPageToken = page.nextPageToken
        total = max(page.totalCount ?? total, list.count)
        if list.count >= beginning.count + max(beginning.count / 4, 1) { beginning = list }
    }
}

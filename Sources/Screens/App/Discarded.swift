import Synchronization

/// Values that nobody needs any more. Freeing a hundred thousand identities takes longer than a frame may, so that it is
/// left to whoever empties it.
public final class Discarded: Sendable, Equatable {
    private let values: Mutex<[any Sendable]>

    init(_ values: [any Sendable]) {
        self.values = Mutex(values)
    }

    public func empty() {
        var last: [any Sendable] = []
        values.withLock { swap(&$0, &last) }
    }

    public static func == (left: Discarded, right: Discarded) -> Bool { left === right }
}

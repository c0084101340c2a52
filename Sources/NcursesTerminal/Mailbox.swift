import CTerminalSupport
import Glibc
import Synchronization

/// Messages to the event loop, from any thread. Posting wakes the loop.
public final class Mailbox<Message: Sendable>: Sendable {
    private let messages = Mutex<[Message]>([])
    /// Readable while there are messages.
    public let wake: Int32

    public init() {
        wake = cgid_wake_open()
    }

    deinit {
        if wake >= 0 { close(wake) }
    }

    /// Messages of one thread arrive in the order they were posted.
    public func post(_ message: Message) {
        let wasEmpty = messages.withLock { messages in
            messages.append(message)
            return messages.count == 1
        }
        if wasEmpty { cgid_wake_signal(wake) }
    }

    /// All that was posted since the last time.
    public func drain() -> [Message] {
        cgid_wake_clear(wake)
        return messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}

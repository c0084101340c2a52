import FoundationEssentials
import Synchronization
import Transport

/// The requests of this run; the oldest are forgotten. Methods, hosts and paths only, as in the log.
final class RequestHistory: Sendable {
    struct Entry: Sendable, Encodable {
        let time: Date
        let request: String
        /// A status, or why there is none.
        let outcome: String
        let milliseconds: Int
        let requestId: String?
    }

    private static let limit = 200
    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }

    func note(_ entry: Entry) {
        kept.withLock { entries in
            if entries.count == Self.limit { entries.removeFirst() }
            entries.append(entry)
        }
    }
}

/// The ids that servers gave to the requests of one job.
final class RequestTrace: Sendable {
    @TaskLocal static var current: RequestTrace?

    private let found = Mutex<[String]>([])

    var ids: [String] { found.withLock { $0 } }

    func add(_ id: String) {
        found.withLock { $0.append(id) }
    }
}

extension HTTPResponse {
    /// What AWS, and Google's front ends before Chainguard, call the request.
    var requestID: String? {
        let names = ["x-amzn-requestid", "x-amz-request-id", "x-request-id", "x-cloud-trace-context"]
        guard let id = names.lazy.compactMap({ headers[$0] }).first else { return nil }
        let isPlain = id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain && !id.isEmpty && id.utf8.count <= 128 ? id : nil
    }
}

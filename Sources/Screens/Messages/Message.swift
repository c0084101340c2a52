import AWSCaller
import FoundationEssentials

/// Something that happened in this session: when, what, and how it ended.
public struct Message: Sendable, Hashable {
    public var time: Date
    public var what: String
    /// `nil` when it went well.
    public var failure: Failure?
    public var took: Duration?
    /// As the servers asked named their requests: support finds them there by these.
    public var requestIDs: [String]

    /// A line each, to be copied.
    var text: String {
        let outcome = failure.map(\.description) ?? "done"
        let ids = requestIDs.map { "request id \($0)" }
        return (["\(TimeText.timestamp(time)) \(what)", outcome] + ids).joined(separator: "\n")
    }
}

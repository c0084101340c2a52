/// A failure as every screen and command shows it: what happened, to what, and what to do next.
public struct Failure: Error, Sendable, Hashable, Codable {
    /// What happened and to what, one sentence without a final stop.
    public var what: String
    /// What to do next, one sentence without a final stop; empty when nothing helps.
    public var remedy: String
    /// The other side's own words or the technical cause, bounded and free of secrets; may be empty.
    public var detail: String
    public var category: Category

    /// What kind of failure it is: commands derive their exit code from it.
    public enum Category: String, Sendable, Hashable, Codable {
        /// The service or the network (exit 1).
        case service
        /// Wrong usage or bad input (exit 2).
        case usage
        /// No AWS credentials (exit 3).
        case noCredentials
        /// Not signed in to Chainguard, or not allowed (exit 4).
        case notAllowed
        /// A verdict of "no" (exit 5).
        case verdict
        /// Cancelled by the person (exit 130).
        case cancelled
    }

    public init(_ what: String, remedy: String = "", detail: String = "", category: Category = .service) {
        self.what = what
        self.remedy = remedy
        self.detail = detail
        self.category = category
    }
}

extension Failure: CustomStringConvertible {
    /// One line: what happened, the detail, what to do next.
    public var description: String {
        let cause = detail.isEmpty ? what : "\(what): \(detail)"
        guard !remedy.isEmpty else { return cause }
        return cause.hasSuffix(".") ? "\(cause) \(remedy)" : "\(cause). \(remedy)"
    }
}

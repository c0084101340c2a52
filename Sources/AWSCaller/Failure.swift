/// A failure as every screen and command shows it: what happened, to what, and what to do next.
public struct Failure: Error, Sendable, Hashable, Codable {
    /// What happened and to what, one sentence without a final stop.
    public var what: String
    /// What to do next, one sentence without a final stop; empty when nothing helps.
    public var remedy: String
    /// The other side's own words or the technical cause, bounded and free of secrets; may be empty.
    public var detail: String
    /// Decides the exit code, and whether another source or another try may help.
    public var category: Category
    /// Names the entry of the error catalogue; `nil` for what is not in it.
    public var code: String?

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

    public init(
        _ what: String, remedy: String = "", detail: String = "", category: Category = .service, code: String? = nil
    ) {
        self.what = what
        self.remedy = remedy
        self.detail = detail
        self.category = category
        self.code = code
    }
}

extension Failure: CustomStringConvertible {
    /// One line: what happened, the detail, what to do next, the catalogue's code.
    public var description: String {
        let cause = detail.isEmpty ? what : "\(what): \(detail)"
        let advised =
            remedy.isEmpty ? cause : ".?!".contains(cause.suffix(1)) ? "\(cause) \(remedy)" : "\(cause). \(remedy)"
        return code.map { "\(advised) [\($0)]" } ?? advised
    }
}

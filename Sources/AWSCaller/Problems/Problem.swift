/// A failure known beforehand, as the error catalogue lists it.
///
/// Words in braces stand for what is filled in when it happens.
public struct Problem: Sendable, Hashable {
    /// A short name that is printed with the failure and found in the catalogue.
    public var code: String
    /// What is seen, as `Failure.what`.
    public var what: String
    /// Why it happens, a sentence for the catalogue.
    public var cause: String
    /// What to do, as `Failure.remedy`.
    public var remedy: String
    /// As `Failure.category`.
    public var category: Failure.Category

    public init(
        _ code: String, _ what: String, cause: String, remedy: String, category: Failure.Category = .service
    ) {
        self.code = code
        self.what = what
        self.cause = cause
        self.remedy = remedy
        self.category = category
    }

    /// It has happened.
    /// - Parameters:
    ///   - values: for the words in braces.
    ///   - detail: the other side's own words.
    public func failure(_ values: [String: String] = [:], detail: String = "") -> Failure {
        Failure(
            Self.filled(what, values), remedy: Self.filled(remedy, values), detail: detail, category: category,
            code: code)
    }

    private static func filled(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

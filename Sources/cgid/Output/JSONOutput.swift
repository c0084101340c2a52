import FoundationEssentials

/// JSON as every command prints it: sorted keys, slashes as they are, RFC 3339 dates, one document and a line end.
enum JSONOutput {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func print(_ value: some Encodable) throws {
        Console.answerVerbatim(try text(value) + "\n")
    }
}

/// Any name, so that an object's fields can be read and written by names known only at run time.
struct FieldName: CodingKey, Hashable {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }

    /// `awsAccount` as `aws_account`.
    var snakeCase: FieldName {
        FieldName(
            stringValue.reduce(into: "") { text, character in
                text += character.isUppercase ? "_" + character.lowercased() : String(character)
            })
    }
}

/// Protobuf's JSON mapping as a server reads it: both spellings of a name, unset and null and default alike.
extension KeyedDecodingContainer where Key == FieldName {
    /// The field in either spelling; `nil` when it is absent or null.
    func value<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T? {
        let key = FieldName(name)
        return try decodeIfPresent(T.self, forKey: key) ?? decodeIfPresent(T.self, forKey: key.snakeCase)
    }

    /// A text; the empty text is the unset one.
    func text(_ name: String) throws -> String? {
        let text: String? = try value(name)
        return text?.isEmpty == true ? nil : text
    }
}

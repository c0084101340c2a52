/// An XML element as AWS's query protocol answers it: names, text and children. The reader is strict and bounded, and
/// knows nothing of document types, processing instructions and comments: such an answer is refused.
struct XMLElement: Equatable {
    var name: String
    var text = ""
    var children: [XMLElement] = []

    /// The first child of that name.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text at the end of a path of child names.
    func text(_ path: String...) -> String? {
        var element = self
        for name in path {
            guard let child = element[name] else { return nil }
            element = child
        }
        return element.text
    }

    /// - Returns: `nil` when the bytes are not one whole element, or longer than 256 KiB, or nested deeper than 16.
    static func parse(_ bytes: [UInt8]) -> XMLElement? {
        guard bytes.count <= 1 << 18, String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = XMLReader(bytes: bytes)
        return reader.document()
    }
}

private struct XMLReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() -> XMLElement? {
        skip("\u{FEFF}")
        if skip("<?xml ") {
            guard skipPast("?>") else { return nil }
        }
        skipSpace()
        guard let root = element(depth: 0) else { return nil }
        skipSpace()
        return position == bytes.count ? root : nil
    }

    private mutating func element(depth: Int) -> XMLElement? {
        guard depth < 16, skip("<"), let name = name() else { return nil }
        var element = XMLElement(name: name)
        guard let isEmpty = attributesAndEnd() else { return nil }
        if isEmpty { return element }
        while position < bytes.count {
            if skip("</") {
                guard skip(name) else { return nil }
                skipSpace()
                return skip(">") ? element : nil
            }
            if bytes[position] == UInt8(ascii: "<") {
                guard let child = self.element(depth: depth + 1) else { return nil }
                element.children.append(child)
            } else {
                guard let text = text() else { return nil }
                element.text += text
            }
        }
        return nil
    }

    /// - Returns: whether the tag closed itself; `nil` when malformed. Attributes (`xmlns`) say nothing here.
    private mutating func attributesAndEnd() -> Bool? {
        while true {
            let hadSpace = skipSpace()
            if skip("/>") { return true }
            if skip(">") { return false }
            guard hadSpace, name() != nil else { return nil }
            skipSpace()
            guard skip("=") else { return nil }
            skipSpace()
            guard let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
            position += 1
            while let byte = peek(), byte != quote, byte != UInt8(ascii: "<") { position += 1 }
            guard peek() == quote else { return nil }
            position += 1
        }
    }

    private mutating func name() -> String? {
        let start = position
        while let byte = peek(), PercentEncoding.isUnreserved(byte) || byte == UInt8(ascii: ":") { position += 1 }
        return start < position ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    private mutating func text() -> String? {
        var output: [UInt8] = []
        while let byte = peek(), byte != UInt8(ascii: "<") {
            if byte == UInt8(ascii: "&") {
                guard let scalar = reference() else { return nil }
                output += String(scalar).utf8
            } else {
                output.append(byte)
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func reference() -> Unicode.Scalar? {
        let named: [(String, Unicode.Scalar)] = [
            ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
        ]
        for (text, scalar) in named where skip(text) { return scalar }
        guard skip("&#") else { return nil }
        let radix = skip("x") ? 16 : 10
        let digits = bytes[position...].prefix(8).prefix { $0 != UInt8(ascii: ";") }
        position += digits.count
        guard skip(";"), digits.allSatisfy(Hex.isDigit) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: radix).flatMap(Unicode.Scalar.init)
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    @discardableResult
    private mutating func skip(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = position
        while let byte = peek(), byte == UInt8(ascii: " ") || (9...13).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func skipPast(_ text: String) -> Bool {
        while position < bytes.count {
            if skip(text) { return true }
            position += 1
        }
        return false
    }
}

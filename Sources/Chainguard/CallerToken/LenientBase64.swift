/// Base64 as people have it: either alphabet, wrapped, without padding. What Chainguard would not read is a finding.
struct LenientBase64 {
    var bytes: [UInt8]
    var findings: [TokenFinding] = []

    /// - Parameter offset: of the text within what was pasted, for messages.
    init(_ text: ArraySlice<UInt8>, offset: Int) throws(TokenDecodingError) {
        var characters: [UInt8] = []
        characters.reserveCapacity(text.count)
        var places = Places()
        for (index, byte) in zip(text.indices, text) {
            let place = offset + index - text.startIndex
            switch byte {
            case 0x0A, 0x0D: places.lineBreak = places.lineBreak ?? place
            case 0x20, 0x09, 0x0B, 0x0C: places.space = places.space ?? place
            case UInt8(ascii: "+"), UInt8(ascii: "/"):
                places.standard = places.standard ?? place
                characters.append(byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : UInt8(ascii: "_"))
            case UInt8(ascii: "="): places.padding.append(place)
            default:
                guard GoBase64.value(of: byte) != nil else {
                    throw TokenDecodingError(
                        .notBase64(offset: place), "The token holds a character that is not base64, at offset \(place)"
                    )
                }
                if let early = places.padding.first, places.inner == nil { places.inner = early }
                characters.append(byte)
            }
        }
        if text.last == 0x0A || text.last == 0x0D { places.dropTrailingLineBreak(text, offset) }
        let wanted = (4 - characters.count % 4) % 4
        let filled = characters + Array(repeating: UInt8(ascii: "="), count: wanted % 3 == 0 && wanted > 0 ? 0 : wanted)
        guard wanted != 3, let decoded = GoBase64.decode(filled) else {
            throw TokenDecodingError(
                .notBase64(offset: offset + text.count), "The token is cut off: its last character stands alone")
        }
        bytes = decoded
        findings = places.findings(padding: wanted, end: offset + text.count)
        if wanted > 0, GoBase64.encode(decoded).utf8.dropLast(wanted).last != characters.last {
            findings.append(Self.trailingBits(offset + text.count))
        }
    }

    private static func trailingBits(_ place: Int) -> TokenFinding {
        TokenFinding(
            .trailingBits, place: "base64", offset: place,
            explanation: "The last character carries bits that belong to nothing; Chainguard overlooks them.",
            fix: "Encode the request anew.")
    }

    /// Where each thing was first met.
    private struct Places {
        var lineBreak: Int?
        var space: Int?
        var standard: Int?
        var inner: Int?
        var padding: [Int] = []

        /// A line break at the very end is how every shell command ends its output.
        mutating func dropTrailingLineBreak(_ text: ArraySlice<UInt8>, _ offset: Int) {
            guard let lineBreak else { return }
            let rest = text.dropFirst(lineBreak - offset)
            if rest.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) { self.lineBreak = nil }
        }

        func findings(padding wanted: Int, end: Int) -> [TokenFinding] {
            var findings: [TokenFinding] = []
            func add(_ rule: TokenRule, _ offset: Int, _ text: String, _ fix: String) {
                findings.append(TokenFinding(rule, place: "base64", offset: offset, explanation: text, fix: fix))
            }
            if let standard {
                add(
                    .standardAlphabet, standard,
                    "The standard base64 alphabet (+ and /) was used; Chainguard reads only the URL alphabet.",
                    "Pipe it through tr '+/' '-_'.")
            }
            if let space {
                add(.whiteSpace, space, "White space stands inside the token.", "Strip it.")
            }
            if let lineBreak {
                add(
                    .lineBreaks, lineBreak,
                    "The token is wrapped. Chainguard overlooks the line breaks, but no HTTP header can carry them.",
                    "Encode with base64 -w0.")
            }
            if let inner {
                add(
                    .innerPadding, inner, "Padding stands before the end.", "Encode the request in one piece."
                )
            } else if padding.count < wanted {
                add(
                    .missingPadding, end, "The padding (=) is missing; Chainguard requires it.",
                    "Append \(wanted - padding.count) “=”.")
            } else if padding.count > wanted {
                add(.extraPadding, end, "There is more padding (=) than belongs there.", "Remove it.")
            }
            return findings
        }
    }
}

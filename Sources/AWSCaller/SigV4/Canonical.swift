/// The path of a canonical request: everything but S3 normalises it and encodes it once more.
enum CanonicalPath {
    static func append(_ path: String, normalizes: Bool, to output: inout [UInt8]) {
        let target = path.isEmpty ? "/" : path
        PercentEncoding.append(
            normalizes ? normalized(Array(target.utf8)) : Array(target.utf8), keepingSlash: true, to: &output)
    }

    /// Dot segments and repeated slashes removed (RFC 3986 section 6.2.2.3); a slash at the end stays.
    static func normalized(_ path: [UInt8]) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        let segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for segment in segments {
            if segment.elementsEqual("..".utf8) {
                _ = kept.popLast()
            } else if !segment.isEmpty, !segment.elementsEqual(".".utf8) {
                kept.append(segment)
            }
        }
        var output: [UInt8] = []
        for segment in kept {
            output.append(UInt8(ascii: "/"))
            output += segment
        }
        if output.isEmpty || segments.last.map(isDirectory) == true { output.append(UInt8(ascii: "/")) }
        return output
    }

    private static func isDirectory(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.isEmpty || segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
    }
}

/// The query of a canonical request: parameters decoded, encoded by SigV4's rule, and sorted by name, then value.
enum CanonicalQuery {
    static func append(_ query: String, to output: inout [UInt8]) {
        guard !query.isEmpty else { return }
        let pairs = query.utf8.split(separator: UInt8(ascii: "&")).map(encodedPair)
        let sorted = pairs.sorted { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value)
                : left.name.lexicographicallyPrecedes(right.name)
        }
        for (index, pair) in sorted.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            output += pair.name
            output.append(UInt8(ascii: "="))
            output += pair.value
        }
    }

    private static func encodedPair(_ pair: Substring.UTF8View) -> (name: [UInt8], value: [UInt8]) {
        let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        return (encoded(parts[0]), parts.count > 1 ? encoded(parts[1]) : [])
    }

    private static func encoded(_ part: Substring.UTF8View) -> [UInt8] {
        var output: [UInt8] = []
        PercentEncoding.append(PercentEncoding.decode(part), to: &output)
        return output
    }
}

/// The headers of a canonical request: names in lower case, values trimmed with inner runs of spaces folded to one, repeated headers joined with commas in the order they came.
enum CanonicalHeaders {
    static func append(_ headers: [(String, String)], signed: [String], to output: inout [UInt8]) {
        let lowered = headers.map { ($0.0.lowercased(), $0.1) }
        for name in signed {
            output += name.utf8
            output.append(UInt8(ascii: ":"))
            var isFirst = true
            for (header, value) in lowered where header == name {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                appendFolded(value, to: &output)
                isFirst = false
            }
            output.append(UInt8(ascii: "\n"))
        }
    }

    /// AWS's documents ("remove excess white space before and after values and convert sequential spaces to a single
    /// space") and the Go SDK, which Chainguard's verifier is held to, fold the space character alone: a tab inside a
    /// value stays. botocore folds tabs too. A line folded by its sender (RFC 9112 section 5.2) is unfolded to a space.
    static func appendFolded(_ value: String, to output: inout [UInt8]) {
        var rest = Array(value.utf8)[...]
        rest = rest.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        while !rest.isEmpty {
            output += rest.prefix { !isSpace($0) }
            rest = rest.drop { !isSpace($0) }
            let gap = rest.prefix(while: isSpace)
            rest = rest.dropFirst(gap.count)
            appendGap(gap, to: &output)
        }
    }

    private static func appendGap(_ gap: ArraySlice<UInt8>, to output: inout [UInt8]) {
        let space = UInt8(ascii: " ")
        if gap.contains(where: { $0 == 10 || $0 == 13 }) { return output.append(space) }
        var previous: UInt8?
        for byte in gap {
            if byte != space || previous != space { output.append(byte) }
            previous = byte
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }
}

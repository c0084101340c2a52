extension TokenRequest {
    /// Everything before the body.
    var head: ArraySlice<UInt8> { bytes.dropLast(min(body.count, bytes.count)) }

    /// Where the parts that findings name begin: `request line`, `header Host` for the first of that name,
    /// `after the headers`.
    var offsets: [String: Int] {
        var offsets = ["request line": 0, "after the headers": head.endIndex]
        let lines = head.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst()
        for line in lines where line.first.map(GoHeader.isBlank) == false {
            guard let name = GoHeader.canonicalName(GoHeader.withoutBlanks(line.prefix { $0 != UInt8(ascii: ":") }))
            else { continue }
            if offsets["header \(name)"] == nil { offsets["header \(name)"] = line.startIndex }
        }
        return offsets
    }
}

/// Which characters count as the same when case does not: Unicode's simple case folding, as Go's
/// `unicode.SimpleFold` walks it.
enum CaseFolding {
    /// The same for all characters that fold into one another.
    static func key(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return asciiLowered(scalar) }
        // Turkish dotless i has an upper case, but no simple folding.
        if scalar == "\u{131}" { return scalar }
        return irregular[scalar] ?? lowered(uppered(scalar))
    }

    /// The character and all that fold into it.
    static func orbit(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let key = key(scalar)
        if key.isASCII {
            let upper = uppered(key)
            switch key {
            case "k": return [key, upper, "\u{212A}"]
            case "s": return [key, upper, "\u{17F}"]
            default: return upper == key ? [key] : [key, upper]
            }
        }
        var orbit: [Unicode.Scalar] = [scalar]
        let candidates = [key, uppered(key), titled(key)] + (variants[key] ?? [])
        for candidate in candidates where !orbit.contains(candidate) && Self.key(candidate) == key {
            orbit.append(candidate)
        }
        return orbit
    }

    private static func asciiLowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard ("A"..."Z").contains(scalar) else { return scalar }
        return Unicode.Scalar(UInt8(scalar.value) + 32)
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        single(scalar.properties.lowercaseMapping) ?? scalar
    }

    private static func uppered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        single(scalar.properties.uppercaseMapping) ?? scalar
    }

    private static func titled(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        single(scalar.properties.titlecaseMapping) ?? scalar
    }

    private static func single(_ text: String) -> Unicode.Scalar? {
        let scalars = text.unicodeScalars
        return scalars.count == 1 ? scalars.first : nil
    }

    /// Foldings that no single-character case mapping shows (CaseFolding.txt, since Unicode 15.1).
    private static let irregular: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{1FD3}": "\u{390}", "\u{1FE3}": "\u{3B0}", "\u{FB05}": "\u{FB06}",
    ]

    /// Further characters that fold into a key, but that no mapping of the key leads to (CaseFolding.txt).
    private static let variants: [Unicode.Scalar: [Unicode.Scalar]] = [
        "\u{DF}": ["\u{1E9E}"], "\u{E5}": ["\u{212B}"], "\u{3B2}": ["\u{3D0}"], "\u{3B5}": ["\u{3F5}"],
        "\u{3B8}": ["\u{3D1}", "\u{3F4}"], "\u{3B9}": ["\u{345}", "\u{1FBE}"], "\u{3BA}": ["\u{3F0}"],
        "\u{3BC}": ["\u{B5}"], "\u{3C0}": ["\u{3D6}"], "\u{3C1}": ["\u{3F1}"], "\u{3C3}": ["\u{3C2}"],
        "\u{3C6}": ["\u{3D5}"], "\u{3C9}": ["\u{2126}"], "\u{432}": ["\u{1C80}"], "\u{434}": ["\u{1C81}"],
        "\u{43E}": ["\u{1C82}"], "\u{441}": ["\u{1C83}"], "\u{442}": ["\u{1C84}", "\u{1C85}"],
        "\u{44A}": ["\u{1C86}"], "\u{463}": ["\u{1C87}"], "\u{A64B}": ["\u{1C88}"], "\u{1E61}": ["\u{1E9B}"],
        "\u{390}": ["\u{1FD3}"], "\u{3B0}": ["\u{1FE3}"], "\u{FB06}": ["\u{FB05}"],
    ]
}

/// A general category of Unicode, by its two letters.
enum RegexCategory: String, Sendable, Hashable, CaseIterable {
    case lu, ll, lt, lm, lo, mn, mc, me, nd, nl, no, pc, pd, ps, pe, pi, pf, po, sm, sc, sk, so, zs, zl, zp
    case cc, cf, cs, co, cn

    init(_ scalar: Unicode.Scalar) {
        self =
            switch scalar.properties.generalCategory {
            case .uppercaseLetter: .lu
            case .lowercaseLetter: .ll
            case .titlecaseLetter: .lt
            case .modifierLetter: .lm
            case .otherLetter: .lo
            case .nonspacingMark: .mn
            case .spacingMark: .mc
            case .enclosingMark: .me
            case .decimalNumber: .nd
            case .letterNumber: .nl
            case .otherNumber: .no
            case .connectorPunctuation: .pc
            case .dashPunctuation: .pd
            case .openPunctuation: .ps
            case .closePunctuation: .pe
            case .initialPunctuation: .pi
            case .finalPunctuation: .pf
            case .otherPunctuation: .po
            case .mathSymbol: .sm
            case .currencySymbol: .sc
            case .modifierSymbol: .sk
            case .otherSymbol: .so
            case .spaceSeparator: .zs
            case .lineSeparator: .zl
            case .paragraphSeparator: .zp
            case .control: .cc
            case .format: .cf
            case .surrogate: .cs
            case .privateUse: .co
            case .unassigned: .cn
            @unknown default: .cn
            }
    }

    /// The class that `\p{name}` stands for, as Go names them: a category by its short or long name, a group of
    /// categories by its letter, `Any`, `Assigned`, `ASCII`, or a script. White space, `_` and `-` in the name and
    /// its case do not count.
    static func item(named name: Substring) -> RegexClass.Item? {
        let key = name.filter { $0 != "_" && $0 != "-" && $0 != " " }.lowercased()
        switch key {
        case "any": return RegexClass.Item(members: .ranges([0...0x10FFFF]))
        case "ascii": return RegexClass.Item(members: .ranges([0...0x7F]))
        case "assigned": return RegexClass.Item(members: .categories([.cn]), isNegated: true)
        case "lc", "casedletter": return RegexClass.Item(members: .categories([.lu, .ll, .lt]))
        default: break
        }
        guard !key.isEmpty else { return nil }
        let short = longNames[key] ?? key
        let members = allCases.filter { short.count <= 2 && $0.rawValue.hasPrefix(short) }
        if !members.isEmpty { return RegexClass.Item(members: .categories(Set(members))) }
        return UnicodeScripts.ranges(key).map { RegexClass.Item(members: .ranges($0)) }
    }

    private static let longNames = [
        "letter": "l", "uppercaseletter": "lu", "lowercaseletter": "ll", "titlecaseletter": "lt",
        "modifierletter": "lm", "otherletter": "lo", "mark": "m", "combiningmark": "m", "nonspacingmark": "mn",
        "spacingmark": "mc", "enclosingmark": "me", "number": "n", "decimalnumber": "nd", "digit": "nd",
        "letternumber": "nl", "othernumber": "no", "punctuation": "p", "punct": "p", "connectorpunctuation": "pc",
        "dashpunctuation": "pd", "openpunctuation": "ps", "closepunctuation": "pe", "initialpunctuation": "pi",
        "finalpunctuation": "pf", "otherpunctuation": "po", "symbol": "s", "mathsymbol": "sm",
        "currencysymbol": "sc", "modifiersymbol": "sk", "othersymbol": "so", "separator": "z",
        "spaceseparator": "zs", "lineseparator": "zl", "paragraphseparator": "zp", "other": "c", "control": "cc",
        "cntrl": "cc", "format": "cf", "surrogate": "cs", "privateuse": "co", "unassigned": "cn",
    ]
}

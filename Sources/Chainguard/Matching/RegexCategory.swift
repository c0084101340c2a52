/// A general category of Unicode, by its two letters.
enum RegexCategory: String, Sendable, Hashable, CaseIterable {
    case Lu, Ll, Lt, Lm, Lo, Mn, Mc, Me, Nd, Nl, No, Pc, Pd, Ps, Pe, Pi, Pf, Po, Sm, Sc, Sk, So, Zs, Zl, Zp
    case Cc, Cf, Cs, Co, Cn

    init(_ scalar: Unicode.Scalar) {
        self =
            switch scalar.properties.generalCategory {
            case .uppercaseLetter: .Lu
            case .lowercaseLetter: .Ll
            case .titlecaseLetter: .Lt
            case .modifierLetter: .Lm
            case .otherLetter: .Lo
            case .nonspacingMark: .Mn
            case .spacingMark: .Mc
            case .enclosingMark: .Me
            case .decimalNumber: .Nd
            case .letterNumber: .Nl
            case .otherNumber: .No
            case .connectorPunctuation: .Pc
            case .dashPunctuation: .Pd
            case .openPunctuation: .Ps
            case .closePunctuation: .Pe
            case .initialPunctuation: .Pi
            case .finalPunctuation: .Pf
            case .otherPunctuation: .Po
            case .mathSymbol: .Sm
            case .currencySymbol: .Sc
            case .modifierSymbol: .Sk
            case .otherSymbol: .So
            case .spaceSeparator: .Zs
            case .lineSeparator: .Zl
            case .paragraphSeparator: .Zp
            case .control: .Cc
            case .format: .Cf
            case .surrogate: .Cs
            case .privateUse: .Co
            case .unassigned: .Cn
            @unknown default: .Cn
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
        case "assigned": return RegexClass.Item(members: .categories([.Cn]), isNegated: true)
        case "lc", "casedletter": return RegexClass.Item(members: .categories([.Lu, .Ll, .Lt]))
        default: break
        }
        guard !key.isEmpty else { return nil }
        let short = longNames[key] ?? key
        let members = allCases.filter { short.count <= 2 && $0.rawValue.lowercased().hasPrefix(short) }
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

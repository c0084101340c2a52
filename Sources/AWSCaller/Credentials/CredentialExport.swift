import FoundationEssentials

/// Credentials in the formats of `aws configure export-credentials` (AWS CLI v2).
public enum CredentialExport: String, Sendable, Hashable, CaseIterable {
    /// The JSON that a `credential_process` prints.
    case process
    case env
    case envWithoutExport = "env-no-export"
    case fish
    case powershell

    /// The text to print, its last line ended.
    ///
    /// Values stand as the AWS CLI writes them. One that holds anything a shell would act on is quoted or escaped for
    /// that shell, where the CLI would print it bare: these lines are made to be evaluated, and a value may come from
    /// a server.
    public func text(_ credentials: AWSCredentials) -> String {
        if self == .process { return Self.document(credentials) }
        var lines = [
            ("AWS_ACCESS_KEY_ID", credentials.accessKeyID),
            ("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey.reveal()),
        ]
        if let token = credentials.sessionToken { lines.append(("AWS_SESSION_TOKEN", token.reveal())) }
        if let expiration = credentials.expiration {
            lines.append(("AWS_CREDENTIAL_EXPIRATION", Self.moment(expiration)))
        }
        return lines.map { line($0.0, $0.1) + "\n" }.joined()
    }

    private func line(_ name: String, _ value: String) -> String {
        switch self {
        case .process: ""
        case .env: "export \(name)=\(ShellText.quoted(value))"
        case .envWithoutExport: "\(name)=\(ShellText.quoted(value))"
        case .fish: "set -gx \(name) \"\(Self.escaped(value, "\\\"$", by: "\\"))\""
        case .powershell: "$Env:\(name)=\"\(Self.escaped(value, "`\"$", by: "`"))\""
        }
    }

    private static func escaped(_ value: String, _ special: String, by escape: Character) -> String {
        value.reduce(into: "") { text, character in
            if special.contains(character) { text.append(escape) }
            text.append(character)
        }
    }

    private static func document(_ credentials: AWSCredentials) -> String {
        var members = [
            ("AccessKeyId", credentials.accessKeyID), ("SecretAccessKey", credentials.secretAccessKey.reveal()),
        ]
        if let token = credentials.sessionToken { members.append(("SessionToken", token.reveal())) }
        if let expiration = credentials.expiration { members.append(("Expiration", moment(expiration))) }
        let lines = ["  \"Version\": 1"] + members.map { "  \"\($0.0)\": \(quoted($0.1))" }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// A JSON string in ASCII, as Python writes it.
    private static func quoted(_ text: String) -> String {
        var output = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22, 0x5C: output += "\\" + String(UnicodeScalar(UInt8(unit)))
            case 0x0A: output += "\\n"
            case 0x0D: output += "\\r"
            case 0x09: output += "\\t"
            case 0x20...0x7E: output.append(Character(UnicodeScalar(UInt8(unit))))
            default:
                let digits = String(unit, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return output + "\""
    }

    /// As Python's `isoformat` writes a moment in UTC: `2026-11-23T12:00:00+00:00`, microseconds only when there are.
    static func moment(_ date: Date) -> String {
        let microseconds = Int((date.timeIntervalSince1970 * 1_000_000).rounded())
        let (whole, fraction) = (microseconds / 1_000_000, microseconds % 1_000_000)
        let text = AmzDate.format(Date(timeIntervalSince1970: Double(whole)))
        let digits = Array(text.filter(\.isNumber)).map(String.init)
        let day = "\(digits[0..<4].joined())-\(digits[4..<6].joined())-\(digits[6..<8].joined())"
        let time = "\(digits[8..<10].joined()):\(digits[10..<12].joined()):\(digits[12..<14].joined())"
        let rest = fraction == 0 ? "" : "." + String(String(fraction + 1_000_000).dropFirst())
        return "\(day)T\(time)\(rest)+00:00"
    }
}

import AWSCaller

/// `profiles -o json`: every section by name, its properties by key, sub-properties as an object of their own.
struct ProfilesDocument: Encodable {
    typealias Sections = [String: [String: Property]]

    let profiles: Sections
    let ssoSessions: Sections
    let services: Sections

    enum Property: Encodable {
        case text(String)
        case nested([String: String])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .nested(let members): try container.encode(members)
            }
        }
    }

    init(_ shared: SharedConfig, reveals: Bool) {
        func sections(_ sections: [String: ConfigSection]) -> Sections {
            sections.mapValues { section in
                Dictionary(
                    uniqueKeysWithValues: section.properties.map { ($0, Self.property($0, $1, reveals: reveals)) })
            }
        }
        profiles = sections(shared.profiles)
        ssoSessions = sections(shared.ssoSessions)
        services = sections(shared.services)
    }

    private static func property(_ name: String, _ value: ConfigValue, reveals: Bool) -> Property {
        guard !value.nested.isEmpty else { return .text(ProfilesText.shown(name, value, reveals: reveals)) }
        let members = value.nested.map { key, member in
            (key, ProfilesText.shown(SecretProperties.contains(name) ? name : key, member, reveals: reveals))
        }
        return .nested(Dictionary(uniqueKeysWithValues: members))
    }
}

/// A section's properties as `profiles` lists them.
enum ProfilesText {
    static let mask = "********"

    static func shown(_ name: String, _ value: ConfigValue, reveals: Bool) -> String {
        !reveals && !value.text.isEmpty && SecretProperties.contains(name) ? mask : value.text
    }

    /// Each on a line of its own after a line feed, with the place it stands at.
    static func lines(_ section: ConfigSection, reveals: Bool) -> String {
        section.properties.sorted { $0.key < $1.key }.map { name, value in
            guard !value.nested.isEmpty else {
                let text = shown(name, value, reveals: reveals).replacing("\n", with: "\n  ")
                return "\n\(name) = \(text)  (\(value.location))"
            }
            let members = value.nested.sorted { $0.key < $1.key }.map { key, member in
                let text = shown(SecretProperties.contains(name) ? name : key, member, reveals: reveals)
                return "\n  \(key) = \(text)  (\(member.location))"
            }
            return "\n\(name) =" + members.joined()
        }.joined()
    }
}

/// A profile of the AWS files and what it gives, without asking anybody.
public struct ProfileSummary: Sendable, Hashable {
    /// In the order in which the credential chain prefers them.
    public enum Kind: Sendable, Hashable {
        /// Another profile's or source's credentials assume the role.
        case role(arn: String, via: String)
        case webIdentity(role: String)
        case sso(account: String, role: String)
        case keys
        case loginSession
        case process
        /// Nothing that gives credentials.
        case settingsOnly
    }

    /// As `--profile` takes it.
    public var name: String
    /// Where its credentials would come from.
    public var kind: Kind
    /// `file:line` of its header.
    public var location: String

    public init(name: String, kind: Kind, location: String) {
        self.name = name
        self.kind = kind
        self.location = location
    }
}

extension ProfileSummary.Kind {
    /// `role deploy via base`: one line.
    public var words: String {
        switch self {
        case .role(let arn, let via): "role \(arn.split(separator: "/").last ?? "") via \(via)"
        case .webIdentity(let role): "web identity, role \(role.split(separator: "/").last ?? "")"
        case .sso(let account, let role): "SSO, \(role) in \(account)"
        case .keys: "static keys"
        case .loginSession: "login session (aws login)"
        case .process: "credential process"
        case .settingsOnly: "no credentials of its own"
        }
    }

    init(_ section: ConfigSection) {
        let role = section["role_arn"]?.text ?? ""
        if RoleStep.isRole(section) {
            let via = section["source_profile"] ?? section["credential_source"]
            self = .role(arn: role, via: via?.text ?? "nothing")
        } else if section["web_identity_token_file"] != nil {
            self = .webIdentity(role: role)
        } else if section["sso_account_id"] != nil || section["sso_role_name"] != nil {
            self = .sso(account: section["sso_account_id"]?.text ?? "?", role: section["sso_role_name"]?.text ?? "?")
        } else if section["aws_access_key_id"] != nil {
            self = .keys
        } else if section["login_session"] != nil {
            self = .loginSession
        } else {
            self = section["credential_process"] != nil ? .process : .settingsOnly
        }
    }
}

extension SharedConfig {
    /// Every profile, `default` first, the others by name.
    public var summaries: [ProfileSummary] {
        let names = profiles.keys.sorted { ($0 == "default" ? "" : $0) < ($1 == "default" ? "" : $1) }
        return names.compactMap { profiles[$0] }.map {
            ProfileSummary(name: $0.name, kind: ProfileSummary.Kind($0), location: $0.location)
        }
    }
}

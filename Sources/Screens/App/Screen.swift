/// The places a person can be in. Six have a number and a tab; the others are reached from them.
public enum Screen: Int, Hashable, Sendable, CaseIterable {
    case caller, identities, token, login, repositories, messages, wizard, unfinished, edit, bindings

    public var title: String {
        switch self {
        case .caller: "Caller"
        case .identities: "Identities"
        case .token: "Token"
        case .login: "Login"
        case .repositories: "Repositories"
        case .messages: "Messages"
        case .wizard: "New identity"
        case .unfinished: "Unfinished creations"
        case .edit: "Edit"
        case .bindings: "Roles of an identity"
        }
    }

    /// The screens with a tab, in the order of their keys 1…6.
    public static let tabs: [Screen] = [.caller, .identities, .token, .login, .repositories, .messages]
}

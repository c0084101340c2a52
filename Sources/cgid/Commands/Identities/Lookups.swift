import AWSCaller
import Chainguard

/// Finds an organization or folder by name or UIDP.
struct GroupLookup {
    let api: PlatformAPI

    func group(_ text: String) async throws(Failure) -> Group {
        let groups = try await api.groups()
        let found = groups.filter { $0.uid.text == text || $0.name == text }
        return try Lookup.only(found, called: text, kind: "organization or folder", list: "cgid organizations list") {
            "\($0.name) (\($0.uid))"
        }
    }

    /// The group named, else the configured one, else the only organization there is.
    func parent(_ text: String?, configured: String?) async throws(Failure) -> Group {
        if let text = text ?? configured { return try await group(text) }
        let organizations = try await api.groups().filter(\.uid.isRoot)
        guard organizations.count == 1 else {
            throw Failure(
                organizations.isEmpty ? "the token sees no organization" : "the token sees several organizations",
                remedy: "Name one with '--parent NAME|UIDP'; 'cgid organizations list' shows them",
                detail: organizations.map(\.name).joined(separator: ", "), category: .usage)
        }
        return organizations[0]
    }
}

/// Finds an identity by name or UIDP.
struct IdentityLookup {
    let api: PlatformAPI

    func identity(_ text: String) async throws(Failure) -> AssumableIdentity {
        if let uid = UIDP(text) { return try await api.identity(uid) }
        var query = IdentityQuery()
        query.name = text
        let found = try await api.allIdentities(query).filter { $0.name == text }
        return try Lookup.only(found, called: text, kind: "identity", list: "cgid identities list") { $0.uid.text }
    }
}

extension Runtime {
    /// What a login needs, which itself asks for nobody to be signed in: the UIDP, or that of the identity of this
    /// name, where the operator is signed in.
    func identity(called text: String) async throws(Failure) -> UIDP {
        if let uid = UIDP(text) { return uid }
        guard try cache.read(audience: endpoints.audience, alias: nil) != nil else {
            throw Failure(
                "'\(text)' is no UIDP (40 hex digits, then /16 hex digits for each level), and nobody is signed in who "
                    + "could look up the name",
                remedy: "Give the UIDP, or sign in with cgid signin", category: .usage)
        }
        return try await IdentityLookup(api: try await api()).identity(text).uid
    }
}

/// Finds roles by name or UIDP. A name that stands for several means the built-in role.
struct RoleLookup {
    let api: PlatformAPI

    func roles(_ texts: [String]) async throws(Failure) -> [Role] {
        guard !texts.isEmpty else { return [] }
        return try Self.roles(texts, among: try await api.roles())
    }

    static func roles(_ texts: [String], among all: [Role]) throws(Failure) -> [Role] {
        var roles: [Role] = []
        for text in texts { roles.append(try role(text, among: all)) }
        return roles
    }

    private static func role(_ text: String, among all: [Role]) throws(Failure) -> Role {
        let found = all.filter { $0.uid.text == text || $0.name == text }
        let builtIn = found.filter(\.isBuiltIn)
        return try Lookup.only(
            builtIn.count == 1 ? builtIn : found, called: text, kind: "role", list: "cgid roles list"
        ) { "\($0.name) (\($0.uid))" }
    }
}

enum Lookup {
    /// - Throws: `Failure` of category `.usage` unless exactly one was found.
    static func only<Item>(
        _ found: [Item], called text: String, kind: String, list: String, title: (Item) -> String
    ) throws(Failure) -> Item {
        if found.count == 1 { return found[0] }
        if found.isEmpty {
            throw Problem.nameUnknown.failure(["kind": kind, "name": text, "list": list])
        }
        throw Problem.nameAmbiguous.failure(
            ["count": "\(found.count)", "kind": kind, "name": text],
            detail: found.map(title).joined(separator: ", "))
    }
}

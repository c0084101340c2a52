import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

struct Status: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who you are at Chainguard, until when, and every token kept on this host.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "The token kept under this name.")
    var alias: String?

    func run(in runtime: Runtime) async throws {
        let now = runtime.host.now()
        let tokens = runtime.cache.list().map { StatusDocument.Token($0, now: now) }
        do {
            let subject = try await runtime.api(alias: alias).authenticatedSubject()
            try print(StatusDocument(signedIn: SubjectDocument(subject), tokens: tokens), now: now)
        } catch {
            try print(StatusDocument(signedIn: nil, tokens: tokens), now: now)
            throw error
        }
    }

    private func print(_ document: StatusDocument, now: Date) throws {
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: if let subject = document.signedIn?.subject { Console.answer(subject) }
        case .text: Console.answer(document.text(now: now))
        }
    }
}

/// `status -o json`.
struct StatusDocument: Encodable {
    struct Token: Encodable {
        let audience: String
        let alias: String?
        let subject: String?
        let email: String?
        let expires: Date?
        let expired: Bool?
        let secondsLeft: Int?
        /// There is a refresh token beside it, which chainctl and cgid renew it with.
        let renewable: Bool
        let path: String
        /// Others than the owner could read it until now; the mode is tightened when it is listed.
        let looseMode: Bool

        var who: String { email ?? subject ?? "(unreadable)" }

        init(_ token: CachedToken, now: Date) {
            audience = token.audience
            alias = token.alias
            subject = token.claims?.subject
            email = token.claims?.email
            expires = token.claims?.expiry
            expired = token.claims?.expiry.map { $0 <= now }
            secondsLeft = token.claims?.expiry.map { max(0, Int($0.timeIntervalSince(now))) }
            renewable = token.refreshToken != nil
            path = token.path
            looseMode = token.looseMode
        }
    }
    let signedIn: SubjectDocument?
    let tokens: [Token]

    func text(now: Date) -> String {
        let kept = tokens.isEmpty ? ["no tokens are kept on this host"] : tokens.map { $0.text(now: now) }
        return ([signedIn?.text(now: now)].compactMap(\.self) + kept).joined(separator: "\n\n")
    }
}

extension StatusDocument.Token {
    /// Lines, for a row would be wider than most terminals.
    fileprivate func text(now: Date) -> String {
        var fields = TextFields()
        fields.add("token for", audience)
        fields.add("alias", alias)
        fields.add("who", who)
        fields.add("expires", expires.map { Moment.text($0, now: now) })
        fields.add("file", path)
        if looseMode {
            fields.add("warning", "others could read it: treat it as known to them; its mode is 0600 now")
        }
        return fields.text
    }
}

/// Who a token is at Chainguard.
struct SubjectDocument: Encodable {
    struct Granted: Encodable {
        let group: String
        let role: String
        let capabilities: [String]

        private static let longestList = 5

        /// An owner has some forty, which are for programs to read.
        var capabilitiesText: String {
            capabilities.count > Self.longestList
                ? "\(capabilities.count) capabilities: -o json lists them" : capabilities.joined(separator: ", ")
        }
    }
    let subject: String
    let issuer: String
    let audience: [String]
    let email: String?
    let expires: Date?
    /// Missing where they are not known: of tokens that are not meant for the API.
    let capabilities: [Granted]?
    /// Where the token was saved, after a login.
    let path: String?

    init(_ subject: AuthenticatedSubject, path: String? = nil) {
        self.subject = subject.subject
        issuer = subject.issuer
        audience = subject.audience
        email = subject.email.isEmpty ? nil : subject.email
        expires = subject.expiry
        capabilities = subject.granted?.map { Granted(group: $0.group, role: $0.role, capabilities: $0.capabilities) }
        self.path = path
    }

    func text(now: Date) -> String {
        var fields = TextFields()
        fields.add("subject", subject)
        fields.add("email", email)
        fields.add("issuer", issuer)
        fields.add("audience", audience.joined(separator: ", "))
        fields.add("expires", expires.map { Moment.text($0, now: now) })
        for granted in capabilities ?? [] {
            fields.add("role", "\(granted.role) at \(granted.group)")
            fields.add("", granted.capabilitiesText)
        }
        if capabilities?.isEmpty == true {
            fields.add("roles", "none: nothing can be seen or pulled until one is bound")
        }
        fields.add("saved", path)
        return fields.text
    }
}

import Chainguard
import Crypto
import FoundationEssentials
import Synchronization

/// The issuer's sign-in page and what it leaves for headless clients. The person in the browser is always the
/// organization's operator, who needs no password.
final class SignInDesk: Sendable {
    /// One finished headless sign-in, as it is answered: fetched once.
    struct Session: Encodable, Sendable {
        /// Bytes that hold the base64url text of the server's public key.
        let ecdhPublicKey: Data
        /// Nonce, ciphertext and tag.
        let encryptedIdtoken: Data
    }

    static let connections: Set<String> = ["google-oauth2", "github", "gitlab", "email"]

    private let sessions = Mutex<[String: Session]>([:])

    /// Why a request for the page can't be served; `nil` when it can.
    static func problem(_ fields: FormFields, organizations: [String]) -> (words: String, status: Int)? {
        if let connection = fields["connection"], !connections.contains(connection) {
            return ("no such connection: \(connection)", 400)
        }
        if let provider = fields["idp_id"], !organizations.contains(provider) {
            return ("account not registered: \(provider)", 404)
        }
        return nil
    }

    /// `redirect` when it leads to this host, where alone tokens may be sent.
    static func loopback(_ redirect: String?) -> String? {
        guard let redirect, let parts = URLComponents(string: redirect), parts.scheme == "http", parts.user == nil,
            ["localhost", "127.0.0.1"].contains(parts.host)
        else { return nil }
        return redirect
    }

    /// - Returns: `redirect` with the fields added to its query.
    static func adding(_ fields: [(String, String)], to redirect: String) -> String {
        let safe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let pairs = fields.map { name, value in
            let encoded = value.utf8.map { byte in
                safe.contains(byte)
                    ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            return "\(name)=\(encoded)"
        }
        return redirect + (redirect.contains("?") ? "&" : "?") + pairs.joined(separator: "&")
    }

    /// Encrypts the ID token for the key that the code is (X25519, AES-256-GCM) and keeps it for one asker.
    func leave(_ idToken: String, for code: String) throws(StatusError) {
        do {
            var padded = code.replacing("-", with: "+").replacing("_", with: "/")
            padded += String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)
            let client = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(base64Encoded: padded) ?? Data())
            let key = Curve25519.KeyAgreement.PrivateKey()
            let shared = try key.sharedSecretFromKeyAgreement(with: client)
            let symmetric = shared.withUnsafeBytes { SymmetricKey(data: Data($0)) }
            guard let sealed = try AES.GCM.seal(Data(idToken.utf8), using: symmetric).combined else { return }
            let text = key.publicKey.rawRepresentation.base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            let session = Session(ecdhPublicKey: Data(text.utf8), encryptedIdtoken: sealed)
            sessions.withLock { $0[code] = session }
        } catch {
            throw StatusError(.invalidArgument, "headless_code is no X25519 key")
        }
    }

    func collect(_ code: String) throws(StatusError) -> Session {
        guard let session = sessions.withLock({ $0.removeValue(forKey: code) }) else {
            throw StatusError(.notFound, "no session is finished for this code")
        }
        return session
    }
}

extension IssuerService {
    /// `GET /oauth`: signs the operator in at once, then goes back to the program or leaves the token for it.
    func signIn(_ request: Incoming) async throws(StatusError) -> Reply {
        let fields = request.fields
        let organizations = store.current.groups.filter { $0.uid.isRoot }.flatMap { [$0.name, $0.uid.text] }
        let problem = SignInDesk.problem(fields, organizations: organizations)
        guard let person = store.current.people.first else { throw StatusError(.notFound, "nobody is registered") }
        if let code = fields["headless_code"] {
            if let problem { throw StatusError(.notFound, problem.words) }
            let proof = try await issue(to: person, audience: tokens.issuer)
            try desk.leave(proof.text, for: code)
            return .text("<!doctype html><title>Signed in</title><p>Go back to your terminal.", type: "text/html")
        }
        guard let redirect = SignInDesk.loopback(fields["redirect"]), fields["exit"] == "redirect" else {
            throw StatusError(.invalidArgument, "redirect must lead to localhost")
        }
        if let problem {
            return Self.found(redirect, [("error", problem.words), ("status_code", "\(problem.status)")])
        }
        guard let audience = fields["audience"] else { throw StatusError(.invalidArgument, "audience is required") }
        let issued = try await issue(to: person, audience: audience)
        let refresh = fields["create_refresh_token"] == "true" ? [("refresh_token", issued.refreshToken)] : []
        return Self.found(redirect, [("token", issued.text)] + refresh)
    }

    /// `GET /sts/headless_sessions`
    func headlessSession(_ request: Incoming) throws(StatusError) -> Reply {
        guard let code = request.fields["code"] else { throw StatusError(.invalidArgument, "code is required") }
        return .json(try desk.collect(code))
    }

    private static func found(_ redirect: String, _ fields: [(String, String)]) -> Reply {
        Reply(status: 302, headers: ["Location": SignInDesk.adding(fields, to: redirect)])
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import Transport

/// What the tests of caller tokens share: one good token, and ways to bend it.
enum CallerTokenSample {
    static let identity = "0123456789abcdef0123456789abcdef01234567/0123456789abcdef"
    static let audience = "https://issuer.enforce.dev"
    /// 2023-11-14T22:13:20Z
    static let now = Date(timeIntervalSince1970: 1_700_000_000)
    static let signedHeaders = "accept;chainguard-audience;chainguard-identity;host;x-amz-date"
    static let authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/us-east-1/sts/aws4_request, "
        + "SignedHeaders=\(signedHeaders), Signature=\(String(repeating: "ab", count: 32))"
    static let requestLine = "POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1"
    static let headers = [
        ("Host", "sts.amazonaws.com"), ("Accept", "application/json"), ("Authorization", authorization),
        ("Chainguard-Audience", audience), ("Chainguard-Identity", identity), ("X-Amz-Date", "20231114T221320Z"),
    ]
    static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))

    static func request(
        _ headers: [(String, String)] = headers, line: String = requestLine, eol: String = "\r\n",
        end: String = "\r\n"
    ) -> String {
        line + eol + headers.map { "\($0.0): \($0.1)\(eol)" }.joined() + end
    }

    static func token(
        _ headers: [(String, String)] = headers, line: String = requestLine, eol: String = "\r\n",
        end: String = "\r\n"
    ) -> String {
        encoded(Array(request(headers, line: line, eol: eol, end: end).utf8))
    }

    /// The good token with one header's value replaced, or the header dropped.
    static func token(replacing name: String, by value: String?) -> String {
        token(headers.compactMap { $0.0 == name ? value.map { (name, $0) } : $0 })
    }

    static func encoded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }

    static func verifier(
        _ transport: any HTTPTransport = RefusingTransport(), skew: Duration = .seconds(300), endpoint: String? = nil
    ) throws -> TokenVerifier {
        try TokenVerifier(
            TokenVerifier.Options(identity: identity, stsEndpoint: endpoint, clockSkew: skew), transport: transport)
    }

    /// `ok`, or the code of the verdict.
    static func verdict(_ token: String, now: Date = now) throws -> String {
        let verifier = try verifier()
        do {
            _ = try verifier.check(token, now: now)
            return "ok"
        } catch {
            return error.code.rawValue
        }
    }
}

/// A network that is not there.
struct RefusingTransport: HTTPTransport {
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw TransportError(.connectionRefused, host: "sts.amazonaws.com")
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import Testing

/// Every rule of the linter with a token that breaks it.
struct CallerTokenRuleTests {
    private typealias Sample = CallerTokenSample

    @Test(arguments: TokenRule.allCases)
    func everyRuleFindsItsToken(_ rule: TokenRule) throws {
        let text = Self.text(breaking: rule)
        let findings = Self.linter(for: rule).lint(text)
        let finding = try #require(findings.first { $0.rule == rule }, "\(findings.map(\.code))")
        #expect(finding.code == rule.rawValue && finding.severity == rule.severity)
        #expect(!finding.place.isEmpty && finding.explanation.hasSuffix("."))
        #expect(rule.severity == .note || finding.fix.hasSuffix("."))
        #expect(!rule.summary.isEmpty && rule.summary.hasSuffix("."))
    }

    /// What is only unwise passes the verifier; what is an error never reaches a verdict of yes, unless STS is the one
    /// who refuses.
    @Test(arguments: TokenRule.allCases)
    func severityAgreesWithTheVerifier(_ rule: TokenRule) throws {
        let options = TokenVerifier.Options(identity: rule == .identityForm ? "me" : Sample.identity)
        let verifier = try TokenVerifier(options, transport: RefusingTransport())
        let isAccepted = (try? verifier.check(Self.text(breaking: rule), now: Self.now(for: rule))) != nil
        if rule.severity != .error {
            #expect(isAccepted)
        } else {
            #expect(isAccepted == Self.refusedBySTS.contains(rule))
        }
    }

    @Test(arguments: TokenRule.allCases)
    func theOffsetIsWhereThePlaceBegins(_ rule: TokenRule) throws {
        let text = Self.text(breaking: rule)
        guard let finding = Self.linter(for: rule).lint(text).first(where: { $0.rule == rule }),
            let offset = finding.offset
        else { return #expect(Self.placeless.contains(rule)) }
        #expect(!Self.placeless.contains(rule))
        let opened = (try? TokenDecoder.decode(text))?.request.raw.reveal() ?? ""
        let bytes = Array((["base64", "around the token"].contains(finding.place) ? text : opened).utf8)
        #expect((0...bytes.count).contains(offset))
        guard finding.place.hasPrefix("header ") else { return }
        let name = finding.place.dropFirst("header ".count)
        #expect(
            String(decoding: bytes[offset...].prefix(name.utf8.count), as: UTF8.self).lowercased() == name.lowercased())
    }

    /// Local checks pass; STS, which alone knows the keys, says no.
    private static let refusedBySTS: Set<TokenRule> = [
        .unsendable, .noAccept, .acceptNotJson, .authorizationForm, .algorithm, .signatureForm, .signedHeaderAbsent,
        .scopeRegion,
        .scopeService, .scopeDate, .emptySecurityToken, .temporaryKeyWithoutToken, .credentialsExpired,
    ]

    /// What is missing has no byte where it begins, nor has what is said of the token as a whole.
    private static let placeless: Set<TokenRule> = [
        .emptyToken, .jsonWebToken, .notARequest, .rawRequest, .curlOutput, .doubleEncoded, .unsendable, .missingHost,
        .missingAudience, .missingIdentity, .noAccept, .noAuthorization, .missingDate, .temporaryKeyWithoutToken,
        .credentialsExpired,
        .credentialsEndFirst, .credentialsExpiry, .refused,
    ]

    private static func linter(for rule: TokenRule) -> TokenLinter {
        let ends: [TokenRule: TimeInterval] = [
            .credentialsExpired: -60, .credentialsEndFirst: 600, .credentialsExpiry: 3_600,
        ]
        return TokenLinter(
            identity: rule == .identityForm ? nil : Sample.identity, now: now(for: rule),
            credentialExpirations: ends[rule].map { ["AKIDEXAMPLE": Sample.now.addingTimeInterval($0)] } ?? [:])
    }

    private static func now(for rule: TokenRule) -> Date {
        let ahead: [TokenRule: TimeInterval] = [.expired: 901, .nearExpiry: 800, .futureDated: -301, .clockAhead: -60]
        return Sample.now.addingTimeInterval(ahead[rule] ?? 0)
    }

    private static func text(breaking rule: TokenRule) -> String {
        let target = "/?Action=GetCallerIdentity&Version=2011-06-15"
        switch rule {
        case .emptyToken: return " \n"
        case .jsonWebToken: return "eyJhbGciOiJub25lIn0.e30."
        case .notBase64: return Sample.token().replacing("U", with: "!")
        case .notARequest: return Sample.encoded(Array("{\"Account\": 1}".utf8))
        case .bearerPrefix: return "Bearer \(Sample.token())"
        case .quotes: return "'\(Sample.token())'"
        case .surroundingWhiteSpace: return "  \(Sample.token())"
        case .rawRequest: return Sample.request()
        case .curlOutput:
            return Sample.request(eol: "\n", end: "\n").split(separator: "\n", omittingEmptySubsequences: false)
                .map { "> \($0)" }.joined(separator: "\n")
        case .doubleEncoded: return Sample.encoded(Array(Sample.token().utf8))
        case .standardAlphabet: return odd.replacing("-", with: "+").replacing("_", with: "/")
        case .whiteSpace: return "\(odd.prefix(40)) \(odd.dropFirst(40))"
        case .innerPadding: return "\(odd.prefix(40))=\(odd.dropFirst(40))"
        case .missingPadding: return odd.replacing("=", with: "")
        case .extraPadding: return odd + "="
        case .lineBreaks: return "\(odd.prefix(40))\n\(odd.dropFirst(40))"
        case .trailingBits:
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            let last = odd.dropLast().last.flatMap(alphabet.firstIndex) ?? 0
            return "\(odd.dropLast(2))\(alphabet[last + 1])="
        case .http2RequestLine: return Sample.token(line: "POST \(target) HTTP/2")
        case .missingBlankLine: return Sample.token(end: "")
        case .duplicateHost: return Sample.token(Sample.headers + [("Host", "sts.amazonaws.com")])
        case .unreadableRequest: return Sample.token(Sample.headers + [("X", "a\u{1}")])
        case .unsendable: return Sample.token(Sample.headers + [("X-Note ", "a")])
        case .method: return Sample.token(line: "GET \(target) HTTP/1.1")
        case .missingHost: return Sample.token(replacing: "Host", by: nil)
        case .host: return Sample.token(replacing: "Host", by: "sts.eu-west-1.amazonaws.com")
        case .path: return Sample.token(line: "POST /x?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1")
        case .action: return Sample.token(line: "POST /?Action=AssumeRole HTTP/1.1")
        case .absoluteTarget: return Sample.token(line: "POST https://sts.amazonaws.com\(target) HTTP/1.1")
        case .httpVersion: return Sample.token(line: "POST \(target) HTTP/1.0")
        case .foldedHeader: return Sample.token(replacing: "Accept", by: "application/json,\r\n text/xml")
        case .body: return Sample.token(end: "\r\nbody")
        case .lfLineEnds: return Sample.token(eol: "\n", end: "\n")
        case .duplicateHeader: return Sample.token(Sample.headers + [("x-amz-date", "20231114T221320Z")])
        case .missingAudience: return Sample.token(replacing: "Chainguard-Audience", by: nil)
        case .audienceTrailingSlash: return Sample.token(replacing: "Chainguard-Audience", by: Sample.audience + "/")
        case .audience: return Sample.token(replacing: "Chainguard-Audience", by: "https://other.example")
        case .missingIdentity: return Sample.token(replacing: "Chainguard-Identity", by: nil)
        case .identity: return Sample.token(replacing: "Chainguard-Identity", by: String(repeating: "0", count: 40))
        case .identityForm: return Sample.token(replacing: "Chainguard-Identity", by: "me")
        case .otherRelyingParty:
            return signed("host;x-amz-date;x-vault-aws-iam-server-id", extra: [("X-Vault-AWS-IAM-Server-ID", "v")])
        case .alsoForOthers: return signed(Sample.signedHeaders + ";x-k8s-aws-id", extra: [("x-k8s-aws-id", "c")])
        case .noAccept: return Sample.token(replacing: "Accept", by: nil)
        case .acceptNotJson: return Sample.token(replacing: "Accept", by: "*/*")
        case .noAuthorization: return Sample.token(replacing: "Authorization", by: nil)
        case .presigned:
            return Sample.token(
                Sample.headers.filter { $0.0 != "Authorization" }, line: "POST \(target)&X-Amz-Signature=ab HTTP/1.1")
        case .authorizationForm:
            return Sample.token(replacing: "Authorization", by: "SignedHeaders=\(Sample.signedHeaders)")
        case .algorithm:
            return Sample.token(
                replacing: "Authorization", by: Sample.authorization.replacing("HMAC", with: "ECDSA-P256"))
        case .signatureForm:
            return Sample.token(replacing: "Authorization", by: Sample.authorization.replacing("abab", with: "ABAB"))
        case .unsignedBindingHeaders: return signed("host;x-amz-date")
        case .signedHeaderAbsent: return signed(Sample.signedHeaders + ";x-extra")
        case .scopeRegion:
            return Sample.token(
                replacing: "Authorization", by: Sample.authorization.replacing("us-east-1", with: "eu-west-1"))
        case .scopeService:
            return Sample.token(replacing: "Authorization", by: Sample.authorization.replacing("/sts/", with: "/s3/"))
        case .scopeDate:
            return Sample.token(
                replacing: "Authorization", by: Sample.authorization.replacing("20231114", with: "20231113"))
        case .emptySecurityToken:
            return signed(Sample.signedHeaders + ";x-amz-security-token", extra: [("X-Amz-Security-Token", "")])
        case .temporaryKeyWithoutToken: return signed(Sample.signedHeaders, key: "ASIAEXAMPLE")
        case .longTermKeyWithToken:
            return signed(
                Sample.signedHeaders + ";x-amz-security-token", key: "AKIAEXAMPLE",
                extra: [("X-Amz-Security-Token", "t")])
        case .unsignedSecurityToken: return signed(Sample.signedHeaders, extra: [("X-Amz-Security-Token", "t")])
        case .missingDate: return Sample.token(replacing: "X-Amz-Date", by: nil)
        case .dateForm: return Sample.token(replacing: "X-Amz-Date", by: "2023-11-14T22:13:20Z")
        case .fractionalDate: return Sample.token(replacing: "X-Amz-Date", by: "20231114T221320.5Z")
        case .refused: return refused
        case .expired, .futureDated, .nearExpiry, .clockAhead, .credentialsExpired, .credentialsEndFirst,
            .credentialsExpiry:
            return Sample.token()
        }
    }

    /// Ends in one “=” and holds a character in which the alphabets differ.
    private static let odd =
        ["\r\n", "\r\nx", "\r\nxx"]
        .map { Sample.token(Sample.headers + [("X", "\u{3FF}?>~~~\u{FB}\u{FF}")], end: $0) }
        .first { $0.hasSuffix("=") && !$0.hasSuffix("==") } ?? ""

    /// The Greek question mark looks like a semicolon; Chainguard does not take it for one.
    private static let refused = Sample.token(
        replacing: "Authorization", by: Sample.authorization.replacing(";", with: "\u{37E}"))

    private static func signed(
        _ names: String, key: String = "AKIDEXAMPLE", extra: [(String, String)] = []
    ) -> String {
        let authorization = Sample.authorization.replacing(Sample.signedHeaders, with: names)
            .replacing("AKIDEXAMPLE", with: key)
        return Sample.token(Sample.headers.map { $0.0 == "Authorization" ? ($0.0, authorization) : $0 } + extra)
    }
}

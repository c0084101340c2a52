import AWSCaller
import Chainguard
import Foundation
import Testing
import Transport

/// The examples of the libraries' documentation, compiled; the test below sees to it that they are the very ones.
private enum LibraryExamples {
    static func generate(identity: String, credentials: AWSCredentials) throws {
        let generator = CallerTokenGenerator(audience: "https://issuer.enforce.dev")
        let token = try generator.generate(identity: identity, credentials: credentials, at: Date())
        print("until \(token.expires):", token.text.reveal())
    }

    static func verify(text: String, identity: String, transport: any HTTPTransport) async throws {
        let verifier = try TokenVerifier(TokenVerifier.Options(identity: identity), transport: transport)
        do {
            let claims = try await verifier.verify(text, now: Date())
            print(claims.arn)
        } catch {
            print(error.code.rawValue, error.message)
        }
    }

    static func lint(text: String) {
        for finding in TokenLinter(now: Date()).lint(text) where finding.severity >= .warning {
            print(finding.code, finding.place, finding.explanation, finding.fix)
        }
    }

    static func decode(text: String) throws {
        let decoded = try TokenDecoder.decode(text)
        print(decoded.request.identity ?? "nobody", decoded.request.authorization?.accessKeyID ?? "unsigned")
        print(decoded.forgiven.map(\.code))
    }

    static func sign(body: [UInt8], credentials: AWSCredentials) {
        let signer = SigV4Signer(credentials: credentials, region: "us-east-1", service: "sts")
        let request = SignableRequest(method: "POST", headers: ["Host": "sts.amazonaws.com"], body: body)
        let signature = signer.sign(request, at: Date())
        print(signature.stringToSign, signature.headers["Authorization"] ?? "")
    }

    static func detect(context: HostContext) async {
        let caller = await CallerDetector(context: context, profile: "prod").detect()
        for report in caller.resolution.reports { print(report.source, report.outcome) }
        if let failure = caller.failure { print(failure.what, failure.remedy) }
    }
}

struct LibraryExamplesTests {
    @Test func everyExampleInTheDocumentationIsCompiledHere() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let compiled = Self.lines(try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)).joined(
            separator: "\n")
        var examples: [String] = []
        for library in ["Sources/AWSCaller", "Sources/Chainguard"] {
            let folder = root.appending(path: library)
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                examples += Self.examples(try String(contentsOf: file, encoding: .utf8))
            }
        }
        #expect(examples.count >= 6)
        for example in examples { #expect(compiled.contains(example), "\(example)") }
    }

    /// The blocks between ```` ```swift ```` and ```` ``` ```` of doc comments, without indentation.
    private static func examples(_ source: String) -> [String] {
        var examples: [String] = []
        var block: [String]?
        for line in lines(source) {
            let text = line.hasPrefix("///") ? line.dropFirst(3).trimmingCharacters(in: .whitespaces) : line
            switch (block, text) {
            case (nil, "```swift"): block = []
            case (let lines?, "```"):
                examples.append(lines.joined(separator: "\n"))
                block = nil
            case (_?, _): block?.append(text)
            default: break
            }
        }
        return examples
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

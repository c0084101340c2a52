import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import AWSCaller

@Suite struct SigV4RuleTests {
    private func canonical(path: String = "/", query: String = "", normalizesPath: Bool = true) -> [Substring] {
        SigV4.canonicalRequest(
            method: "GET", path: path, query: query, headers: [("Host", "h")], signedHeaders: ["host"],
            payloadHash: SigV4.emptyPayloadHash, normalizesPath: normalizesPath
        ).split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test(arguments: [
        ("", "/"), ("/", "/"), ("/a/../..", "/"), ("/a/./b/", "/a/b/"), ("/a//b", "/a/b"), ("/a%20b", "/a%2520b"),
        ("/a/b/..", "/a/"), ("/a/b/../c", "/a/c"),
    ])
    func normalisesThePath(_ path: String, _ expected: String) {
        #expect(canonical(path: path)[1] == expected)
    }

    @Test(arguments: [("/./", "/./"), ("//example//", "//example//"), ("/a/../b c", "/a/../b%20c")])
    func leavesThePathWhenTold(_ path: String, _ expected: String) {
        #expect(canonical(path: path, normalizesPath: false)[1] == expected)
    }

    @Test(arguments: [
        ("a", "a="), ("b=2&a=1", "a=1&b=2"), ("ሴ=bar", "%E1%88%B4=bar"), ("a=%7e%2f", "a=~%2F"), ("a=b=c", "a=b%3Dc"),
        ("a+b=1", "a%2Bb=1"), ("a=100%", "a=100%25"), ("&a=1&&", "a=1"), ("a-b=1&a=2", "a=2&a-b=1"),
        ("b=2&a=2&b=1&a=1&b=1", "a=1&a=2&b=1&b=1&b=2"), ("b=&a&b=1", "a=&b=&b=1"), ("a=%2520", "a=%2520"),
        ("A=1&a=1&é=1&B=1", "%C3%A9=1&A=1&B=1&a=1"),
        ("Action=GetCallerIdentity&Version=2011-06-15", "Action=GetCallerIdentity&Version=2011-06-15"),
    ])
    func canonicalisesTheQuery(_ query: String, _ expected: String) {
        #expect(canonical(query: query)[2] == expected)
    }

    @Test func canonicalisingTwiceChangesNothing() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let query = generator.text(from: "ab=&%2fF~ +ሴ/", upTo: 24)
            let once = String(canonical(query: query)[2])
            #expect(String(canonical(query: once)[2]) == once, "query \(query)")
        }
    }

    @Test func leavesOutWhatProxiesChange() {
        var request = SigV4Vector.suite[0].request
        for name in ["Connection", "Expect", "TE", "Transfer-Encoding", "User-Agent", "X-Amzn-Trace-Id"] {
            request.headers.add(name, "value")
        }
        request.headers.add("Authorization", "stale")
        let result = SigV4Vector.suite[0].signer().sign(request, at: SigV4Vector.date)
        #expect(result.signature == SigV4Vector.suite[0].signature)
        #expect(result.headers.values("authorization") == [result.authorization])
        #expect(result.headers["user-agent"] == "value")
    }

    @Test func replacesAStaleDateAndLeavesNoEmptyTokenHeader() {
        var request = SigV4Vector.suite[0].request
        request.headers.add("x-amz-date", "20110909T233600Z")
        request.headers.add("X-Amz-Security-Token", "stale")
        let result = SigV4Vector.suite[0].signer().sign(request, at: SigV4Vector.date)
        #expect(result.headers.values("x-amz-date") == ["20150830T123600Z"])
        #expect(result.headers["x-amz-security-token"] == nil)
        #expect(result.signature == SigV4Vector.suite[0].signature)
    }

    @Test func putsTheSessionTokenIntoAPresignedQuery() {
        var vector = SigV4Vector.suite[0]
        vector.sessionToken = "a/b+c="
        let result = vector.signer().presign(vector.request, at: SigV4Vector.date, expires: 60)
        #expect(result.query.contains("&X-Amz-Security-Token=a%2Fb%2Bc%3D&X-Amz-Signature="))
        // It is signed with the rest of the query.
        #expect(result.canonicalRequest.contains("&X-Amz-Security-Token=a%2Fb%2Bc%3D&X-Amz-SignedHeaders=host\n"))
        #expect(result.headers["x-amz-security-token"] == nil)
    }

    @Test func aKeyedSigningKeyGivesTheSameSignatureEachTime() {
        let key = SigningKey(secret: Secret("secret"), date: "20261123", region: "us-east-1", service: "sts")
        let first = key.signature(for: Array("one".utf8))
        _ = key.signature(for: Array("two".utf8))
        #expect(key.signature(for: Array("one".utf8)) == first)
        #expect(first.count == 64)
    }

    /// AWS's documents and the Go SDK fold spaces alone; only a folded line becomes a space.
    @Test(arguments: [
        ("  a   b  ", "a b"), ("a\tb", "a\tb"), ("a  \t  b", "a \t b"), ("\t a \t", "a"), ("a\n   b\n\tc", "a b c"),
        ("   ", ""),
    ])
    func headerValuesFoldSpacesOnly(_ value: String, _ canonical: String) {
        var output: [UInt8] = []
        CanonicalHeaders.appendFolded(value, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == canonical)
    }
}

import AWSCaller
import Chainguard
import Foundation
import TestSupport
import Testing

/// Signatures compared with botocore's, over random input, in one Python process.
struct SecondSignerTests {
    @Test func botocoreSignsTheSame() throws {
        let python = try TestTool.python(importing: "botocore")
        var random = SeededGenerator(seed: 77)
        let cases = (0..<3_000).map { Case($0, &random) }
        let input = try JSONEncoder().encode(cases)
        let result = try TestTool.run(python, ["-c", Self.script], input: input)
        try #require(result.status == 0)
        let signatures = try JSONDecoder().decode([String].self, from: result.output)
        try #require(signatures.count == cases.count)
        for (item, expected) in zip(cases, signatures) {
            let token = try CallerTokenGenerator(audience: item.audience, stsHost: item.host).generate(
                identity: item.identity,
                credentials: AWSCredentials(
                    accessKeyID: item.key, secretAccessKey: Secret(item.secret),
                    sessionToken: item.session.map(Secret.init)),
                at: Date(timeIntervalSince1970: Double(item.time)))
            #expect(token.request.authorization?.signature == expected, "\(item)")
        }
    }

    private struct Case: Encodable {
        let key: String
        let secret: String
        let session: String?
        let audience: String
        let identity: String
        let host: String
        let region: String
        let time: Int

        init(_ number: Int, _ random: inout SeededGenerator) {
            let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+=")
            func text(_ lengths: ClosedRange<Int>, _ more: String = "") -> String {
                let all = letters + Array(more)
                return String(
                    (0..<Int.random(in: lengths, using: &random)).map { _ in all.randomElement(using: &random)! })
            }
            key = "AKID\(number)"
            secret = text(1...80, "~!@#$%^&*()")
            session = number.isMultiple(of: 2) ? text(1...2_000) : nil
            audience = "https://" + text(1...60, ".-_~%?&:")
            identity = text(1...90, "  .-_:;,é€") + "x"
            (host, region) =
                number.isMultiple(of: 3)
                ? ("sts.eu-west-1.amazonaws.com", "eu-west-1") : ("sts.amazonaws.com", "us-east-1")
            time = Int.random(in: 0...4_102_444_800, using: &random)
        }
    }

    private static let script = """
        import datetime, json, sys
        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        moment = None
        class Clock(datetime.datetime):
            @classmethod
            def utcnow(cls): return moment
            @classmethod
            def now(cls, tz=None): return moment
        botocore.auth.datetime = type('m', (), {'datetime': Clock, 'timezone': datetime.timezone})
        botocore.auth.get_current_datetime = lambda *a, **k: moment
        signatures = []
        for item in json.load(sys.stdin):
            moment = datetime.datetime.fromtimestamp(item['time'], datetime.timezone.utc).replace(tzinfo=None)
            headers = {'Accept': 'application/json', 'Chainguard-Audience': item['audience'],
                       'Chainguard-Identity': item['identity']}
            request = AWSRequest('POST', 'https://%s/?Action=GetCallerIdentity&Version=2011-06-15' % item['host'],
                                 headers=headers, data=b'')
            credentials = Credentials(item['key'], item['secret'], item.get('session'))
            auth = botocore.auth.SigV4Auth(credentials, 'sts', item['region'])
            auth.add_auth(request)
            signatures.append(request.headers['Authorization'].rsplit('Signature=', 1)[1])
        print(json.dumps(signatures))
        """
}

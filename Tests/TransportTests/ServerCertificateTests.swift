import FoundationEssentials
import Testing

@testable import Transport

@Suite struct ServerCertificateTests {
    @Test(arguments: [
        ("issuer.example", true), ("ISSUER.example", true), ("a.corp.example", true), ("127.0.0.1", true),
        ("[::1]", true), ("0:0::0:1", true), ("corp.example", false), ("a.b.corp.example", false),
        ("127.0.0.2", false), ("other.example", false), ("issuer.example.other", false), ("localhost", false),
    ])
    func onlyTheHostThatWasAskedForCounts(_ host: String, _ isRight: Bool) {
        let certificate = ServerCertificate(
            issuer: "CA", names: ["Issuer.Example", "*.corp.example", "127.0.0.1", "0:0:0:0:0:0:0:1"],
            validFrom: .distantPast, validUntil: .distantFuture)
        #expect(certificate.isFor(host) == isRight)
    }
}

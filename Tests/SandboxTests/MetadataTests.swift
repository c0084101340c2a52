import AWSCaller
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct MetadataTests {
    private static let folder = "/latest/meta-data/iam/security-credentials/"
    private static let role = "AmazonSSMRoleForInstancesQuickSetup"

    private func token(_ sandbox: Sandbox, ttl: String = "60") async throws -> HTTPResponse {
        try await sandbox.send(
            .put, "/latest/api/token", headers: ["X-aws-ec2-metadata-token-ttl-seconds": ttl])
    }

    @Test func aTokenOpensTheRolesCredentials() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await token(sandbox).text
            let headers: HTTPHeaders = ["X-aws-ec2-metadata-token": token]
            #expect(try await sandbox.send(.get, Self.folder, headers: headers).text == Self.role)
            let document: [String: String] = try await sandbox.send(.get, Self.folder + Self.role, headers: headers)
                .decoded()
            #expect(document["Code"] == "Success")
            #expect(document["AccessKeyId"] == "ASIAINSTANCE22222222")
            #expect(document["Expiration"] == "2026-08-01T18:00:00Z")
            #expect(document["AccountId"] == nil)
            let extended = try await sandbox.send(
                .get, "/latest/meta-data/iam/security-credentials-extended/\(Self.role)", headers: headers)
            #expect(try extended.decoded(as: [String: String].self)["AccountId"] == "123456789012")
        }
    }

    @Test func withoutATokenVersion1IsRefusedUnlessAllowed() async throws {
        try await withSandbox { sandbox async throws in
            #expect(try await sandbox.send(.get, Self.folder).status == 401)
            let forged: HTTPHeaders = ["X-aws-ec2-metadata-token": "1893456000-made-up"]
            #expect(try await sandbox.send(.get, Self.folder, headers: forged).status == 401)
        }
        try await withSandbox(SandboxOptions(now: { noon }, allowsIMDSv1: true)) { sandbox async throws in
            #expect(try await sandbox.send(.get, Self.folder).text == Self.role)
        }
    }

    @Test func aTokenEndsWithItsTime() async throws {
        let clock = TestClock(noon)
        try await withSandbox(SandboxOptions(now: { clock.now })) { sandbox async throws in
            let headers: HTTPHeaders = ["X-aws-ec2-metadata-token": try await token(sandbox).text]
            clock.now += 59
            #expect(try await sandbox.send(.get, Self.folder, headers: headers).status == 200)
            clock.now += 1
            #expect(try await sandbox.send(.get, Self.folder, headers: headers).status == 401)
        }
    }

    @Test func aBadTokenRequestIsRefused() async throws {
        try await withSandbox { sandbox async throws in
            #expect(try await sandbox.send(.put, "/latest/api/token").status == 400)
            #expect(try await token(sandbox, ttl: "0").status == 400)
            #expect(try await token(sandbox, ttl: "21601").status == 400)
            let forwarded: HTTPHeaders = [
                "X-aws-ec2-metadata-token-ttl-seconds": "60", "X-Forwarded-For": "203.0.113.9",
            ]
            #expect(try await sandbox.send(.put, "/latest/api/token", headers: forwarded).status == 403)
        }
    }

    @Test func anInstanceWithoutARoleHasNone() async throws {
        try await withSandbox(SandboxOptions(now: { noon }, caller: nil)) { sandbox async throws in
            let headers: HTTPHeaders = ["X-aws-ec2-metadata-token": try await token(sandbox).text]
            #expect(try await sandbox.send(.get, Self.folder, headers: headers).status == 404)
            #expect(sandbox.environment["AWS_ACCESS_KEY_ID"] == nil)
        }
    }

    @Test func theContainerEndpointChecksItsAuthorization() async throws {
        try await withSandbox(SandboxOptions(now: { noon }, caller: .container)) { sandbox async throws in
            let url = try #require(sandbox.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
            let token = try #require(sandbox.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
            let answer = try await http.send(HTTPRequest(.get, url, headers: ["Authorization": token]))
            #expect(try answer.decoded(as: [String: String].self)["AccessKeyId"] == "ASIACONTAINER2222222")
            #expect(try await http.send(HTTPRequest(.get, url)).status == 401)
            let wrong = HTTPRequest(.get, url, headers: ["Authorization": token + "0"])
            #expect(try await http.send(wrong).status == 401)
            #expect(try await http.send(HTTPRequest(.get, url + "0", headers: ["Authorization": token])).status == 404)
        }
    }
}

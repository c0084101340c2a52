import Testing

@testable import Transport

@Suite struct TargetURLTests {
    @Test(arguments: [
        "http://127.0.0.1:8080/", "http://127.9.9.9/x", "http://localhost/", "http://[::1]:99/", "HTTPS://example.com/",
    ])
    func loopbackAndSecureURLsArePermitted(url: String) throws {
        #expect(try TargetURL(url).permits(plainHTTP: false))
    }

    @Test(arguments: [
        "http://127.0.0.1.example.com/", "http://example.com/", "http://0.0.0.0/", "http://[::2]/", "http://128.0.0.1/",
        "http://127.0.0/", "http://169.254.169.254/",
    ])
    func plainHTTPElsewhereIsNot(url: String) throws {
        #expect(try !TargetURL(url).permits(plainHTTP: false))
        #expect(try TargetURL(url).permits(plainHTTP: true))
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com/", "https:///path", "https://user:pw@example.com/", "/x",
        "https://example.com/%zz", "https://example.com/?a=%1", "https://example.com/a b",
    ])
    func otherTextIsRefused(url: String) {
        #expect(throws: TransportError.self) { try TargetURL(url) }
    }
}

@Suite struct ProxySettingsTests {
    @Test func lowerCaseWinsAndExceptionsAreSuffixes() throws {
        let proxy = try #require(
            ProxySettings(environment: [
                "https_proxy": "http://proxy.example:8888", "HTTPS_PROXY": "http://other:1",
                "NO_PROXY": "internal, .corp.example",
            ]))
        #expect(proxy.https?.host == "proxy.example")
        #expect(proxy.https?.port == 8888)
        #expect(try proxy.server(for: TargetURL("https://issuer.example/")) != nil)
        #expect(try proxy.server(for: TargetURL("https://internal/")) == nil)
        #expect(try proxy.server(for: TargetURL("https://a.corp.example/")) == nil)
        #expect(try proxy.server(for: TargetURL("http://127.0.0.1/")) == nil)
    }

    @Test func unsetMeansNone() {
        #expect(ProxySettings(environment: [:]) == nil)
        #expect(ProxySettings(environment: ["HTTPS_PROXY": ""]) == nil)
    }

    @Test func plainHTTPHasAProxyOfItsOwn() throws {
        let proxy = try #require(ProxySettings(environment: ["HTTP_PROXY": "u:p@plain.example:8080"]))
        let server = ProxySettings.Server(host: "plain.example", port: 8080, user: "u", password: "p")
        #expect(try proxy.server(for: TargetURL("http://example.com/")) == server)
        #expect(try proxy.server(for: TargetURL("https://example.com/")) == nil)
        for direct in [
            "http://127.0.0.1/", "http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fd00:ec2::254]/",
        ] {
            #expect(try proxy.server(for: TargetURL(direct)) == nil)
        }
    }
}

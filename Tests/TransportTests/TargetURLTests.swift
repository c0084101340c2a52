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

    @Test(arguments: [
        "https://user:pw@example.com/a?b", "https://user:p/w@x@example.com/a", "https://user:p?w@example.com/a",
        "https://user:p\nw@example.com/a", "https://user:\(String(repeating: "s", count: 300))@example.com/a",
    ])
    func aPasswordIsNoPartOfTheError(url: String) {
        #expect(throws: TransportError(.invalidURL, host: "https://…@example.com/a")) { try TargetURL(url) }
    }
}

@Suite struct ProxySettingsTests {
    @Test func lowerCaseWinsAndExceptionsAreSuffixes() throws {
        let proxy = try #require(
            try ProxySettings(environment: [
                "https_proxy": "http://proxy.example:8888", "HTTPS_PROXY": "http://other:1",
                "NO_PROXY": "internal, .corp.example",
            ]))
        #expect(proxy.https?.host == "proxy.example")
        #expect(proxy.https?.port == 8888)
        #expect(proxy.https?.variable == "https_proxy")
        #expect(try proxy.server(for: TargetURL("https://issuer.example/")) != nil)
        #expect(try proxy.server(for: TargetURL("https://internal/")) == nil)
        #expect(try proxy.server(for: TargetURL("https://a.corp.example/")) == nil)
        #expect(try proxy.server(for: TargetURL("http://127.0.0.1/")) == nil)
    }

    @Test func unsetMeansNone() throws {
        #expect(try ProxySettings(environment: [:]) == nil)
        #expect(try ProxySettings(environment: ["HTTPS_PROXY": ""]) == nil)
    }

    /// A password for a proxy by TLS must not go to it in the clear.
    @Test(arguments: ["https://u:p@proxy.example", "socks5://proxy.example", "http://", "http://a b"])
    func whatIsNoHTTPProxyIsNeitherUsedNorPassedOver(_ value: String) {
        #expect(throws: ProxySettings.Unusable(variable: "https_proxy")) {
            try ProxySettings(environment: ["https_proxy": value])
        }
    }

    @Test func aProxyMayHaveAnIPv6Address() throws {
        let proxy = try #require(try ProxySettings(environment: ["HTTPS_PROXY": "http://[2001:db8::1]:3128"])?.https)
        #expect(proxy.host == "2001:db8::1")
        #expect(proxy.authority == "[2001:db8::1]:3128")
    }

    @Test func plainHTTPHasAProxyOfItsOwn() throws {
        let proxy = try #require(try ProxySettings(environment: ["HTTP_PROXY": "u:p@plain.example:8080"]))
        let server = ProxySettings.Server(
            host: "plain.example", port: 8080, user: "u", password: "p", variable: "HTTP_PROXY")
        #expect(try proxy.server(for: TargetURL("http://example.com/")) == server)
        #expect(try proxy.server(for: TargetURL("https://example.com/")) == nil)
        for direct in [
            "http://127.0.0.1/", "http://169.254.169.254/latest", "http://[fe80::1]/", "http://[fd00:ec2::254]/",
        ] {
            #expect(try proxy.server(for: TargetURL(direct)) == nil)
        }
    }
}

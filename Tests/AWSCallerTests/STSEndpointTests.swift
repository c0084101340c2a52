import Testing

@testable import AWSCaller

@Suite struct STSEndpointTests {
    private func resolve(
        _ variables: [String: String] = [:], config: String? = nil, region: String? = nil
    ) throws -> STSEndpoint {
        let context = TestHost(variables: variables, config: config).context
        let settings = ChainSettings(
            context: context, shared: try SharedConfig.load(context),
            choice: ChainSettings.choice(flag: nil, environment: context.environment), regionFlag: region)
        return try STSEndpoint.resolve(settings, profile: settings.profile)
    }

    @Test(arguments: [
        (nil, "https://sts.amazonaws.com", "us-east-1"), ("aws-global", "https://sts.amazonaws.com", "us-east-1"),
        ("eu-west-3", "https://sts.eu-west-3.amazonaws.com", "eu-west-3"),
        ("us-east-1", "https://sts.us-east-1.amazonaws.com", "us-east-1"),
        ("cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("eusc-de-east-1", "https://sts.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        ("zz-moon-1", "https://sts.zz-moon-1.amazonaws.com", "zz-moon-1"),
    ])
    func followsTheRegion(_ region: String?, _ url: String, _ signingRegion: String) throws {
        let endpoint = try resolve(region: region)
        #expect(endpoint.url == url)
        #expect(endpoint.signingRegion == signingRegion)
    }

    @Test(arguments: [
        (["AWS_USE_FIPS_ENDPOINT": "true"], "us-west-2", "https://sts-fips.us-west-2.amazonaws.com"),
        (["AWS_USE_FIPS_ENDPOINT": "true"], "us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com"),
        (["AWS_USE_DUALSTACK_ENDPOINT": "true"], "us-west-2", "https://sts.us-west-2.api.aws"),
        (
            ["AWS_USE_DUALSTACK_ENDPOINT": "true", "AWS_USE_FIPS_ENDPOINT": "true"], "cn-north-1",
            "https://sts-fips.cn-north-1.api.amazonwebservices.com.cn"
        ),
    ])
    func followsFIPSAndDualStack(_ variables: [String: String], _ region: String, _ url: String) throws {
        #expect(try resolve(variables, region: region).url == url)
    }

    @Test func prefersConfiguredEndpointsInTheDocumentedOrder() throws {
        let config = """
            [default]
            endpoint_url = http://127.0.0.1:4
            services = dev
            region = eu-west-1
            [services dev]
            sts =
              endpoint_url = http://127.0.0.1:3
            """
        var variables = ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1/", "AWS_ENDPOINT_URL": "http://127.0.0.1:2/p/"]
        #expect(try resolve(variables, config: config).url == "http://127.0.0.1:1")
        #expect(try resolve(variables, config: config).signingRegion == "eu-west-1")
        variables["AWS_ENDPOINT_URL_STS"] = nil
        #expect(try resolve(variables, config: config).url == "http://127.0.0.1:2/p")
        variables["AWS_ENDPOINT_URL"] = nil
        #expect(try resolve(variables, config: config).url == "http://127.0.0.1:3")
        #expect(try resolve(variables, config: config).origin == "set by ~/.aws/config:7")
        let plain = config.replacing("services = dev", with: "")
        #expect(try resolve(variables, config: plain).url == "http://127.0.0.1:4")
        variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
        #expect(try resolve(variables, config: config).url == "https://sts.eu-west-1.amazonaws.com")
    }

    @Test func namesTheRegionsOrder() throws {
        let config = "[default]\nregion = ap-south-1"
        #expect(try resolve(config: config).signingRegion == "ap-south-1")
        #expect(try resolve(["AWS_DEFAULT_REGION": "ca-central-1"], config: config).signingRegion == "ca-central-1")
        #expect(
            try resolve(["AWS_DEFAULT_REGION": "ca-central-1", "AWS_REGION": "sa-east-1"], config: config).signingRegion
                == "sa-east-1")
        #expect(try resolve(["AWS_REGION": "sa-east-1"], region: "us-west-1").signingRegion == "us-west-1")
    }

    @Test(arguments: [
        ["AWS_REGION": "evil.example/x"], ["AWS_ENDPOINT_URL_STS": "sts.example"],
        ["AWS_ENDPOINT_URL_STS": "https://sts.example/?x=1"], ["AWS_ENDPOINT_URL": "file:///etc"],
    ])
    func refusesWhatCannotBeAsked(_ variables: [String: String]) {
        #expect(throws: Failure.self) { try resolve(variables) }
    }

    @Test(arguments: [
        ("https://h", "h", 443, ""), ("http://[::1]:80/a/", "[::1]", 80, "/a"),
        ("https://H:8443/x?y", "h:8443", 8_443, "/x"),
    ])
    func takesURLsApart(_ text: String, _ authority: String, _ port: Int, _ path: String) throws {
        let url = try #require(EndpointURL(text))
        #expect(url.authority == authority)
        #expect((url.port ?? (url.scheme == "https" ? 443 : 80)) == port)
        #expect(url.path == path)
    }

    @Test(arguments: [
        "", "h", "https://", "https://a@b", "https://a:b:c", "https://[::1", "https://[x]", "https://h:0",
        "https://h:99999",
        "https://h/#f", "https://h /", "gopher://h",
    ])
    func refusesOtherURLs(_ text: String) {
        #expect(EndpointURL(text) == nil)
    }
}

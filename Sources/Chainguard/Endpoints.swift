/// Where Chainguard's services are (chainctl's defaults).
public struct ChainguardEndpoints: Sendable, Hashable {
    /// Base URLs without a trailing slash.
    public var api: String
    public var issuer: String
    /// Audience of API tokens; the same as the API unless configured.
    public var audience: String
    public var registry: String
    public var console: String

    public init(
        api: String = "https://console-api.enforce.dev", issuer: String = "https://issuer.enforce.dev",
        audience: String? = nil, registry: String = "https://cgr.dev",
        console: String = "https://console.chainguard.dev"
    ) {
        self.api = api
        self.issuer = issuer
        self.audience = audience ?? api
        self.registry = registry
        self.console = console
    }
}

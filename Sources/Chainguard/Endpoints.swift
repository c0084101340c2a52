/// Where Chainguard's services are (chainctl's defaults).
public struct ChainguardEndpoints: Sendable, Hashable {
    /// Base URLs without a trailing slash.
    public var api: String
    /// Also the audience of proofs, which must name it exactly so.
    public var issuer: String
    /// Audience of API tokens; the same as the API unless configured.
    public var audience: String
    /// Where images are pulled from; its host is the audience of registry tokens.
    public var registry: String
    /// The web console, where people register.
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

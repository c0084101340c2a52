/// Why no answer arrived.
public struct TransportError: Error, Sendable, Equatable {
    public enum Reason: Sendable, Equatable, CaseIterable {
        case invalidURL
        /// Plain http to a host where it would expose credentials.
        case insecureURL
        case unknownHost
        case connectionRefused
        case connectionFailed
        case connectTimeout
        /// The proxy wants to know who asks (407).
        case proxyAuthentication
        /// The proxy opens no way to the host.
        case proxyRefused
        case timeout
        /// No authority that is trusted here has signed the certificate.
        case untrustedCertificate
        case expiredCertificate
        /// The certificate's time has not come, by this host's clock.
        case earlyCertificate
        /// The certificate is for other host names.
        case wrongHostName
        /// TLS could not be agreed on, for another reason than the certificate.
        case tls
        case answerTooLarge
        /// The other side answered with something that is not HTTP.
        case malformedAnswer
        case cancelled
    }

    /// The proxy on the way, as messages name it.
    public struct Proxy: Sendable, Equatable {
        /// Host and port; never its name or password.
        public var address: String
        /// The environment variable that names it, if one does.
        public var variable: String?

        public init(address: String, variable: String? = nil) {
            self.address = address
            self.variable = variable
        }
    }

    public var reason: Reason
    /// Host and port that were asked, for messages.
    public var host: String
    public var proxy: Proxy?
    /// The library's own words, bounded; never holds headers or bodies.
    public var detail: String
    /// What the server showed, where the certificate is the reason.
    public var certificate: ServerCertificate?

    public init(
        _ reason: Reason, host: String, proxy: Proxy? = nil, detail: String = "",
        certificate: ServerCertificate? = nil
    ) {
        self.reason = reason
        self.host = host
        self.proxy = proxy
        self.detail = detail
        self.certificate = certificate
    }

    /// Whether it is the proxy that could not be reached: behind it names and connections are its own business.
    public var isAboutProxy: Bool {
        proxy != nil && [.unknownHost, .connectionRefused, .connectTimeout].contains(reason)
    }
}

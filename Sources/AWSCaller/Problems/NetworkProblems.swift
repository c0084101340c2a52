import FoundationEssentials
import Transport

/// What keeps an answer from arriving, whichever service was asked.
extension Problem {
    static let addressInvalid = Problem(
        "address-invalid", "{service} has an address that is not a URL: {host}",
        cause: "A flag, a variable or a configuration file holds something else",
        remedy: "Correct the configured address; cgid info shows it")
    static let addressInsecure = Problem(
        "address-insecure", "{service} at {host} would get credentials over plain http",
        cause: "The address begins with http:// and is not on this host",
        remedy: "Use https; plain http is for this host's own addresses only")
    static let nameUnknown = Problem(
        "dns", "{service} at {host} has a name that does not resolve",
        cause: "The name is misspelt, or this network's DNS does not know it or does not answer",
        remedy: "Check the name, the network and its DNS: getent hosts {host}")
    static let connectionRefused = Problem(
        "connection-refused", "{service} at {host} refused the connection",
        cause: "Nothing listens at that address and port, or a firewall rejects it",
        remedy: "Check the address and port, and any firewall on the way")
    static let connectionFailed = Problem(
        "connection-failed", "{service} at {host} can't be reached",
        cause: "The connection broke, there is no route, or a proxy did not let it through",
        remedy: "Check the network, a firewall or the proxy settings: cgid info --check")
    static let connectTimeout = Problem(
        "connect-timeout", "{service} at {host} could not be connected to in time",
        cause: "A firewall drops the packets: nothing is reached, nothing refuses",
        remedy: "Check whether this network lets https out, or needs HTTPS_PROXY: cgid info --check")
    static let proxyAuthentication = Problem(
        "proxy-authentication", "The proxy {proxy} wants a name and a password before it opens the way to {host}",
        cause: "The proxy's address holds neither, or wrong ones",
        remedy: "Name them in its address: {variable}=http://NAME:PASSWORD@{proxy}")
    static let proxyUnreachable = Problem(
        "proxy-unreachable", "The proxy {proxy} on the way to {service} {why}",
        cause: "The variable names another address than the proxy's, or the proxy is not running",
        remedy: "Correct {variable}, which names it, or unset it where this network needs no proxy")
    static let proxyRefused = Problem(
        "proxy-refused", "The proxy {proxy} opens no way to {service} at {host}",
        cause: "It lets only some hosts through, or can't reach this one itself",
        remedy: "Ask whoever runs the proxy to let {host} through, or add {host} to NO_PROXY if it is reached without; "
            + "{variable} names the proxy")
    static let readTimeout = Problem(
        "read-timeout", "{service} at {host} took too long to answer",
        cause: "The connection stands, but no whole answer came in time",
        remedy: "Try again; a longer --timeout may help")
    static let certificateUntrusted = Problem(
        "tls-untrusted", "{service} at {host} showed a certificate signed by {authority}, which is not trusted here",
        cause: "A proxy opens TLS on this network, or the service has a certificate authority of its own",
        remedy: "If {authority} is to be trusted, name its certificate with --ca-file, SSL_CERT_FILE or AWS_CA_BUNDLE")
    static let certificateExpired = Problem(
        "tls-expired", "{service} at {host} showed a certificate that expired at {until}",
        cause: "It was not renewed, or this host's clock runs ahead",
        remedy: "Check this host's clock with date -u; if it is right, whoever runs {host} must renew the certificate")
    static let certificateEarly = Problem(
        "tls-not-yet-valid", "{service} at {host} showed a certificate that is valid only from {from}",
        cause: "This host's clock runs behind, or the certificate was made for later",
        remedy: "Check this host's clock with date -u")
    static let certificateForOther = Problem(
        "tls-wrong-host", "{service} at {host} showed a certificate for {names}",
        cause: "The address leads to another server, or the server is configured wrongly",
        remedy: "Check the configured address and DNS; a trusted CA file does not help here")
    static let tlsFailed = Problem(
        "tls-failed", "TLS with {service} at {host} failed",
        cause: "The other side speaks no TLS, or only versions before 1.2",
        remedy: "Check the address and port, and any proxy on the way")
    static let answerTooLarge = Problem(
        "answer-too-large", "{service} at {host} answered more than is accepted",
        cause: "The address leads to something else, or the question was too wide",
        remedy: "Narrow the question, or check the configured address")
    static let answerMalformed = Problem(
        "answer-not-http", "{service} at {host} answered something that is not HTTP",
        cause: "The address or port is another service's",
        remedy: "Check the configured address and any proxy")

    /// All of them.
    public static let network = [
        addressInvalid, addressInsecure, nameUnknown, connectionRefused, connectionFailed, connectTimeout,
        proxyUnreachable, proxyAuthentication, proxyRefused, readTimeout, certificateUntrusted, certificateExpired,
        certificateEarly,
        certificateForOther, tlsFailed, answerTooLarge, answerMalformed,
    ]

    /// - Returns: `nil` for what is no problem but a wish: cancelled.
    static func ofNetwork(_ reason: TransportError.Reason) -> Problem? {
        switch reason {
        case .invalidURL: addressInvalid
        case .insecureURL: addressInsecure
        case .unknownHost: nameUnknown
        case .connectionRefused: connectionRefused
        case .connectionFailed: connectionFailed
        case .connectTimeout: connectTimeout
        case .proxyAuthentication: proxyAuthentication
        case .proxyRefused: proxyRefused
        case .timeout: readTimeout
        case .untrustedCertificate: certificateUntrusted
        case .expiredCertificate: certificateExpired
        case .earlyCertificate: certificateEarly
        case .wrongHostName: certificateForOther
        case .tls: tlsFailed
        case .answerTooLarge: answerTooLarge
        case .malformedAnswer: answerMalformed
        case .cancelled: nil
        }
    }
}

extension Failure {
    /// - Parameter service: who was asked, as a person calls it: `Chainguard's issuer`.
    public init(unreachable error: TransportError, service: String) {
        guard let reason = Problem.ofNetwork(error.reason) else {
            self = .cancelled
            return
        }
        let problem = error.isAboutProxy ? Problem.proxyUnreachable : reason
        let certificate = error.certificate
        var values = [
            "service": service, "host": error.host, "proxy": error.proxy?.address ?? "",
            "variable": error.proxy?.variable ?? "HTTPS_PROXY", "why": Self.whyUnreachable(error.reason),
        ]
        values["authority"] = certificate?.issuer ?? "an unknown authority"
        values["names"] = certificate?.names.joined(separator: ", ") ?? "another host"
        values["from"] = certificate.map { Timestamp.format($0.validFrom) } ?? "later"
        values["until"] = certificate.map { Timestamp.format($0.validUntil) } ?? "an earlier time"
        self = problem.failure(values, detail: error.reason.saysItAll ? "" : error.detail)
    }

    /// To be said of a proxy.
    private static func whyUnreachable(_ reason: TransportError.Reason) -> String {
        switch reason {
        case .unknownHost: "has a name that does not resolve"
        case .connectTimeout: "could not be connected to in time"
        default: "refused the connection"
        }
    }

    /// The person no longer wants the answer.
    public static let cancelled = Failure("Cancelled", category: .cancelled)
}

extension TransportError.Reason {
    /// The library's words would only repeat it.
    fileprivate var saysItAll: Bool {
        switch self {
        case .invalidURL, .insecureURL, .unknownHost, .connectionRefused, .connectTimeout, .proxyAuthentication,
            .proxyRefused, .untrustedCertificate, .expiredCertificate, .earlyCertificate, .wrongHostName,
            .answerTooLarge, .cancelled:
            true
        case .connectionFailed, .timeout, .tls, .malformedAnswer: false
        }
    }
}

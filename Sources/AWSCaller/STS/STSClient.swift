import FoundationEssentials
import Transport

/// Asks AWS's Security Token Service.
public struct STSClient: Sendable {
    let context: HostContext
    let retry: RetryPolicy

    public init(context: HostContext, retry: RetryPolicy = .aws) {
        self.context = context
        self.retry = retry
    }

    /// Who the credentials belong to. Needs no permission and can't be denied by a policy of the account.
    /// - Throws: `Failure` naming STS's error code and message; `.noCredentials` when the keys are not good.
    public func getCallerIdentity(
        credentials: AWSCredentials, endpoint: STSEndpoint
    ) async throws(Failure) -> CallerAnswer {
        let started = context.now()
        let exchange = try await call(
            [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")], credentials: credentials,
            endpoint: endpoint)
        guard let caller = STSAnswer.caller(exchange.response.body) else {
            throw Failure(
                "\(endpoint.url) answered, but not as STS does",
                remedy: "Check that this is an STS endpoint: it is \(endpoint.origin)",
                detail: "status 200, \(exchange.response.body.count) bytes")
        }
        return CallerAnswer(
            identity: caller.identity, requestID: caller.requestID, endpoint: endpoint,
            serverDate: exchange.serverDate, clockDifference: exchange.clockDifference,
            elapsed: context.elapsed(since: started))
    }

    struct Exchange {
        var response: HTTPResponse
        var serverDate: Date?
        var clockDifference: Duration?
    }

    /// One call of the query protocol, signed when credentials are given; tried again after a fault of the service.
    func call(
        _ parameters: [(String, String)], credentials: AWSCredentials?, endpoint: STSEndpoint
    ) async throws(Failure) -> Exchange {
        var attempt = 1
        while true {
            let exchange = try await exchange(parameters, credentials: credentials, endpoint: endpoint)
            let status = exchange.response.status
            if status == 200 { return exchange }
            let document = STSAnswer.error(exchange.response.body)
            let isTransient = status >= 500 || document.map { STSFailures.isThrottling($0.code) } ?? false
            if isTransient, attempt < retry.attempts, await retry.pause(after: attempt) {
                attempt += 1
                continue
            }
            throw STSFailures.failure(
                status: status, document: document, endpoint: endpoint, action: parameters.first?.1 ?? "",
                clockDifference: exchange.clockDifference)
        }
    }

    private func exchange(
        _ parameters: [(String, String)], credentials: AWSCredentials?, endpoint: STSEndpoint
    ) async throws(Failure) -> Exchange {
        guard let url = EndpointURL(endpoint.url) else {
            throw Failure(
                "\(endpoint.url) is not a URL of an endpoint", remedy: "Correct \(endpoint.origin)", category: .usage)
        }
        let sentAt = context.now()
        let request = request(parameters, credentials: credentials, endpoint: endpoint, url: url, date: sentAt)
        let response: HTTPResponse
        do {
            response = try await context.transport.send(request)
        } catch {
            throw STSFailures.unreachable(error, endpoint: endpoint)
        }
        let serverDate = response.headers["date"].flatMap(HTTPDate.parse)
        let middle = sentAt.addingTimeInterval(context.now().timeIntervalSince(sentAt) / 2)
        let difference = serverDate.map { Duration.seconds($0.timeIntervalSince(middle)) }
        return Exchange(response: response, serverDate: serverDate, clockDifference: difference)
    }

    private func request(
        _ parameters: [(String, String)], credentials: AWSCredentials?, endpoint: STSEndpoint, url: EndpointURL,
        date: Date
    ) -> HTTPRequest {
        let body = Array(PercentEncoding.pairs(parameters).utf8)
        var headers: HTTPHeaders = [
            "Host": url.authority, "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        ]
        let path = url.path.isEmpty ? "/" : url.path
        if let credentials {
            let signer = SigV4Signer(credentials: credentials, region: endpoint.signingRegion, service: "sts")
            let unsigned = SignableRequest(method: "POST", path: path, headers: headers, body: body)
            headers = signer.sign(unsigned, at: date).headers
        }
        headers["Host"] = nil
        return HTTPRequest(
            .post, "\(url.scheme)://\(url.authority)\(path)", headers: headers, body: body,
            maximumAnswerBytes: 1 << 18, allowsPlainHTTP: url.scheme == "http")
    }
}

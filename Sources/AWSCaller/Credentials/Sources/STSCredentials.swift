import FoundationEssentials

/// The credentials in the answers of `AssumeRole` and `AssumeRoleWithWebIdentity`, JSON or XML.
enum STSCredentials {
    struct Answer: Equatable {
        var credentials: AWSCredentials
        /// Of the assumed role session.
        var arn: String?
    }

    /// - Returns: `nil` when the body is no whole answer to that action.
    static func read(_ body: [UInt8], action: String) -> Answer? {
        STSAnswer.isXML(body) ? xml(body, action) : json(body, action)
    }

    private static func json(_ body: [UInt8], _ action: String) -> Answer? {
        guard let result = JSONValue.parse(body)?[action + "Response"]?[action + "Result"],
            let fields = result["Credentials"], let id = fields["AccessKeyId"]?.string,
            let secret = fields["SecretAccessKey"]?.string, let token = fields["SessionToken"]?.string
        else { return nil }
        // The query protocol's JSON form gives moments as seconds since 1970, the XML form as text.
        let expiration =
            fields["Expiration"]?.number.map { Date(timeIntervalSince1970: $0) }
            ?? fields["Expiration"]?.string.flatMap(Timestamp.parse)
        return answer(id, secret, token, expiration, result["AssumedRoleUser"]?["Arn"]?.string)
    }

    private static func xml(_ body: [UInt8], _ action: String) -> Answer? {
        guard let root = XMLElement.parse(body), root.name == action + "Response",
            let result = root[action + "Result"], let id = result.text("Credentials", "AccessKeyId"),
            let secret = result.text("Credentials", "SecretAccessKey"),
            let token = result.text("Credentials", "SessionToken"), !id.isEmpty, !secret.isEmpty, !token.isEmpty
        else { return nil }
        let expiration = result.text("Credentials", "Expiration").flatMap(Timestamp.parse)
        return answer(id, secret, token, expiration, result.text("AssumedRoleUser", "Arn"))
    }

    private static func answer(
        _ id: String, _ secret: String, _ token: String, _ expiration: Date?, _ arn: String?
    ) -> Answer {
        let credentials = AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: Secret(token), expiration: expiration,
            accountID: arn.flatMap { ARN($0) }?.account)
        return Answer(credentials: credentials, arn: arn)
    }
}

extension STSClient {
    /// Gets a role's credentials.
    /// - Parameter credentials: who assumes it; `nil` for `AssumeRoleWithWebIdentity`, which is not signed.
    func roleCredentials(
        _ action: String, _ parameters: [(String, String)], credentials: AWSCredentials?, endpoint: STSEndpoint
    ) async throws(Failure) -> STSCredentials.Answer {
        let exchange = try await call(
            [("Action", action), ("Version", "2011-06-15")] + parameters, credentials: credentials,
            endpoint: endpoint)
        guard let answer = STSCredentials.read(exchange.response.body, action: action) else {
            throw Failure(
                "\(endpoint.url) answered \(action), but not as STS does",
                remedy: "Check that this is an STS endpoint: it is \(endpoint.origin)")
        }
        return answer
    }
}

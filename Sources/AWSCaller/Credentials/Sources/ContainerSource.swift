import Transport

/// The credentials endpoint of an ECS task or an EKS pod with a Pod Identity association.
enum ContainerSource {
    private static let relativeVariable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
    private static let fullVariable = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private static let tokenFileVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
    private static let tokenVariable = "AWS_CONTAINER_AUTHORIZATION_TOKEN"

    static func examine(_ settings: ChainSettings) -> Examination {
        let environment = settings.environment
        let url: String
        let location: String
        if let relative = environment[relativeVariable] {
            guard relative.hasPrefix("/") else { return .broken(notAPath(relative), []) }
            url = "http://169.254.170.2" + relative
            location = relativeVariable
        } else if let full = environment[fullVariable] {
            url = full
            location = fullVariable
        } else {
            return .absent("neither \(relativeVariable) nor \(fullVariable) is set")
        }
        var origins = [ValueOrigin(name: "endpoint", value: url, location: location)]
        for (variable, name) in [
            (tokenFileVariable, "authorization token file"), (tokenVariable, "authorization token"),
        ]
        where environment[variable] != nil {
            let value = variable == tokenFileVariable ? environment[variable] : nil
            origins.append(ValueOrigin(name: name, value: value, location: variable))
            break
        }
        guard let endpoint = EndpointURL(url) else {
            return .broken(
                Failure("\(location) is not a URL", remedy: "Correct it", detail: url, category: .noCredentials),
                origins)
        }
        guard endpoint.scheme == "https" || LocalAddress.isContainerHost(endpoint.host) else {
            return .broken(
                Failure(
                    "\(location) would send the authorization token in the clear to \(endpoint.host)",
                    remedy: "Use https, or http on a loopback address, 169.254.170.2, 169.254.170.23 or [fd00:ec2::23]",
                    category: .noCredentials), origins)
        }
        return .ready(origins) { () async throws(Failure) in
            .loaded(LoadedCredentials(credentials: try await load(url, endpoint, settings.context)))
        }
    }

    private static func notAPath(_ text: String) -> Failure {
        Failure(
            "\(relativeVariable) does not begin with '/'", remedy: "Correct it, or set \(fullVariable)", detail: text,
            category: .noCredentials)
    }

    private static func load(
        _ url: String, _ endpoint: EndpointURL, _ context: HostContext
    ) async throws(Failure) -> AWSCredentials {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let token = try authorization(context) { headers.add("Authorization", token.reveal()) }
        let isLinkLocal = endpoint.scheme == "http"
        let request = HTTPRequest(
            .get, url, headers: headers, timeout: .seconds(2), maximumAnswerBytes: 1 << 18,
            allowsPlainHTTP: isLinkLocal, usesProxy: !isLinkLocal)
        let name = "The container credentials endpoint \(endpoint.scheme)://\(endpoint.authority)"
        let response = try await LocalService.send(request, attempts: 3, name: name, context)
        guard response.status == 200 else {
            let document = JSONValue.parse(response.body)
            let code = document?.member(ignoringCase: "code")?.string
            let message = document?.member(ignoringCase: "message")?.string
            throw Failure(
                "\(name) answered with status \(response.status)",
                remedy: "Check the task's role, or the Pod Identity association and its agent",
                detail: STSFailures.bounded([code, message].compactMap { $0 }.joined(separator: ": ")),
                category: .noCredentials)
        }
        guard let document = JSONValue.parse(response.body),
            let credentials = CredentialDocument.credentials(document)
        else {
            throw Failure(
                "\(name) answered, but with no credentials", remedy: "Check what serves that address",
                category: .noCredentials)
        }
        return credentials
    }

    /// Goes out verbatim; the file is read anew each time, since its content rotates.
    private static func authorization(_ context: HostContext) throws(Failure) -> Secret? {
        let environment = context.environment
        var value = environment.variables[tokenVariable].flatMap { $0.isEmpty ? nil : $0 }
        var location = tokenVariable
        if let path = environment[tokenFileVariable] {
            location = tokenFileVariable
            guard let bytes = try context.files.read(path, limit: 1 << 16) else {
                throw Failure(
                    "\(location) names \(path), which does not exist", remedy: "Check the pod's projected volumes",
                    category: .noCredentials)
            }
            guard !bytes.isEmpty else {
                throw Failure(
                    "The authorization token file \(path) of \(location) is empty",
                    remedy: "Check the pod's projected volumes", category: .noCredentials)
            }
            value = String(decoding: bytes, as: UTF8.self)
        }
        guard let value else { return nil }
        guard !value.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0 }) else {
            throw Failure(
                "The authorization token of \(location) holds a line break, so it was not sent",
                remedy: "Write the token without a line feed at its end", category: .noCredentials)
        }
        return Secret(value)
    }
}

import Transport

/// One conversation with the metadata service: a token first, then the role's name, then its credentials. Version 1
/// (no token) is used where version 2 is not served or its token call times out, never after a refusal.
struct InstanceMetadataSession: Sendable {
    let settings: InstanceMetadataSettings
    let context: HostContext
    private var token: Secret?
    private var tokenTimedOut = false

    private static let families = ["security-credentials-extended", "security-credentials"]

    init(settings: InstanceMetadataSettings, context: HostContext) {
        self.settings = settings
        self.context = context
    }

    mutating func credentials() async throws(Failure) -> LoadOutcome {
        if let reason = try await fetchToken() { return .absent(reason) }
        for family in Self.families {
            guard let role = try await roleName(family) else { continue }
            let answer = try await get("\(family)/\(role)")
            if answer.status == 404 { continue }
            let origin = ValueOrigin(name: "role", value: role, location: url("\(family)/"))
            return .loaded(LoadedCredentials(credentials: try read(answer, role: role), origins: [origin]))
        }
        guard let role = settings.role else { return .absent(InstanceMetadataSource.noRole) }
        throw failure(
            "knows no role '\(role.text)', which \(role.location) names", "Correct it, or leave it to the instance")
    }

    /// - Returns: `nil` when this part of the service is not there or lists no role.
    private mutating func roleName(_ family: String) async throws(Failure) -> String? {
        if let role = settings.role { return PercentEncoding.encode(role.text) }
        let list = try await get("\(family)/")
        if list.status == 404 { return nil }
        guard let role = Self.roleName(list.text) else {
            throw failure("answered with something that is no role's name", "Check what serves that address")
        }
        return role
    }

    /// - Returns: why the service is not there; `nil` when it is, with or without tokens.
    private mutating func fetchToken() async throws(Failure) -> String? {
        let headers: HTTPHeaders = ["X-aws-ec2-metadata-token-ttl-seconds": "21600"]
        let response: HTTPResponse
        do {
            response = try await LocalService.send(
                request(.put, "/latest/api/token", headers), attempts: settings.attempts, context)
        } catch {
            switch error.reason {
            case .timeout:
                tokenTimedOut = true
                try requireV1("the token call timed out")
                return nil
            case .connectTimeout, .connectionRefused, .connectionFailed, .unknownHost:
                return "nothing answers at \(settings.endpoint) (\(error.reason.words)): no EC2 instance, or blocked"
            default: throw LocalService.failure(error, name: name)
            }
        }
        switch response.status {
        case 200:
            let text = ConfigText.trimmed(response.text[...])
            guard !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw failure("answered the token call with no token", "Check what serves that address")
            }
            token = Secret(String(text))
        case 404, 405: try requireV1("it serves no tokens (status \(response.status))")
        case 403: throw failure("refused a token (status 403)", "Switch the metadata service on for this instance")
        default: throw failure("answered the token call with status \(response.status)", "Try again in a moment")
        }
        return nil
    }

    private func requireV1(_ reason: String) throws(Failure) {
        guard settings.isV1Disabled else { return }
        if tokenTimedOut { throw timedOut(detail: "version 1 is disabled by configuration") }
        throw failure(
            "can't be used: \(reason), and version 1 is disabled by configuration",
            "Enable IMDSv2 on the instance, or unset AWS_EC2_METADATA_V1_DISABLED")
    }

    private mutating func get(_ path: String) async throws(Failure) -> HTTPResponse {
        var response = try await send(path)
        if response.status == 401, token != nil {
            token = nil
            _ = try await fetchToken()
            response = try await send(path)
        }
        switch response.status {
        case 200, 404: return response
        case 401 where tokenTimedOut: throw timedOut(detail: "version 1 was refused: the instance requires tokens")
        case 401, 403:
            throw failure(
                "refused the request (status \(response.status))", "Check the instance's metadata options")
        default: throw failure("answered with status \(response.status)", "Try again in a moment")
        }
    }

    private func send(_ path: String) async throws(Failure) -> HTTPResponse {
        var headers: HTTPHeaders = [:]
        if let token { headers.add("X-aws-ec2-metadata-token", token.reveal()) }
        do {
            return try await LocalService.send(
                request(.get, "/latest/meta-data/iam/\(path)", headers), attempts: settings.attempts, context)
        } catch {
            if error.reason == .timeout || error.reason == .connectTimeout { throw timedOut(detail: error.detail) }
            throw LocalService.failure(error, name: name)
        }
    }

    private func request(_ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders) -> HTTPRequest {
        HTTPRequest(
            method, settings.endpoint + path, headers: headers, timeout: settings.timeout,
            // Shorter than the whole: nobody there is told from an answer that the hop limit swallowed.
            connectTimeout: settings.timeout * 4 / 5, maximumAnswerBytes: 1 << 18, allowsPlainHTTP: true,
            usesProxy: false)
    }

    private func read(_ response: HTTPResponse, role: String) throws(Failure) -> AWSCredentials {
        guard let document = JSONValue.parse(response.body) else {
            throw failure("answered with something that is not JSON", "Try again in a moment")
        }
        let code = document.member(ignoringCase: "Code")?.string
        if let code, code.lowercased() != "success" {
            let message = document.member(ignoringCase: "Message")?.string ?? ""
            throw failure(
                "has no credentials of the role '\(role)'",
                "Check the role's trust policy (ec2.amazonaws.com) and that it still exists",
                detail: STSFailures.bounded(message.isEmpty ? code : "\(code): \(message)"))
        }
        guard let credentials = CredentialDocument.credentials(document) else {
            throw failure("answered with incomplete credentials of the role '\(role)'", "Try again in a moment")
        }
        return credentials
    }

    private static func roleName(_ text: String) -> String? {
        guard let line = text.split(whereSeparator: \.isNewline).first.map({ ConfigText.trimmed($0) }),
            !line.isEmpty, line.utf8.count <= 128,
            line.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) || "+=,@".utf8.contains($0) })
        else { return nil }
        return String(line)
    }

    private func url(_ path: String) -> String { "\(settings.endpoint)/latest/meta-data/iam/\(path)" }

    private var name: String { "The instance metadata service \(settings.endpoint)" }

    private func failure(_ what: String, _ remedy: String, detail: String = "") -> Failure {
        Failure("\(name) \(what)", remedy: remedy, detail: detail, category: .noCredentials)
    }

    private func timedOut(detail: String) -> Failure {
        let seconds = settings.timeout.seconds.formattedShort
        return failure(
            "did not answer within \(seconds) s",
            "In a container on EC2 the hop limit is the likely cause: aws ec2 modify-instance-metadata-options "
                + "--http-put-response-hop-limit 2. Anywhere else: AWS_EC2_METADATA_DISABLED=true", detail: detail)
    }
}

extension Double {
    /// Without decimals when whole.
    var formattedShort: String {
        self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
    }
}

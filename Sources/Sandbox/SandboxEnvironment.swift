import AWSCaller

extension Sandbox {
    /// Tells a program that the addresses it is given are a sandbox's: its base URL.
    public static let variable = "CGID_SANDBOX"

    /// The variables with which any client uses the sandbox: AWS's SDKs and tools, chainctl's settings.
    public var environment: [String: String] {
        var variables = [
            Self.variable: baseURL,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL_STS": baseURL,
            "AWS_ENDPOINT_URL_SSO": baseURL,
            "AWS_ENDPOINT_URL_SSO_OIDC": baseURL,
            // AWS CLIs of 2022 need the slash.
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": baseURL + "/",
            // The default second is short for a busy machine that runs both sides.
            "AWS_METADATA_SERVICE_TIMEOUT": "10",
            "CHAINGUARD_PLATFORM_API": endpoints.api,
            "CHAINGUARD_PLATFORM_AUDIENCE": endpoints.audience,
            "CHAINGUARD_PLATFORM_ISSUER": endpoints.issuer,
            "CHAINGUARD_PLATFORM_CONSOLE": endpoints.console,
            "CHAINGUARD_PLATFORM_REGISTRY": endpoints.registry,
        ]
        for (name, value) in callerVariables { variables[name] = value }
        return variables
    }

    /// The environment as lines for a POSIX shell to evaluate, sorted by name.
    public var exportLines: String { ShellText.exports(environment) }

    /// What the container credentials endpoint wants in `Authorization`.
    public static let containerAuthorization = ContainerService.authorization

    private var callerVariables: [String: String] {
        switch options.caller {
        case nil, .instance:
            return [:]
        case .container:
            return [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(baseURL)/v2/credentials/\(ContainerService.taskID)",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": ContainerService.authorization.reveal(),
            ]
        case let name?:
            let credentials = SandboxCaller.named(name).credentials
            var variables = [
                "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey.reveal(),
            ]
            variables["AWS_SESSION_TOKEN"] = credentials.sessionToken?.reveal()
            return variables
        }
    }
}

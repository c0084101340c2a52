import AWSCaller
import Crypto
import FoundationEssentials

extension Sandbox {
    /// AWS files for a home folder, with a profile for each kind of source.
    /// - Parameter home: the folder's absolute path.
    /// - Returns: texts by path below the home folder.
    public func awsFiles(home: String) async throws -> [String: String] {
        let process = SandboxCaller.named(.role)
        let digest = Insecure.SHA1.hash(data: Array(Self.ssoSession.utf8))
        let cacheName = Hex.encode(digest)
        return [
            ".aws/config": config(home: home),
            ".aws/credentials": credentialsFile,
            ".aws/process.json": try Self.text([
                "AccessKeyId": process.credentials.accessKeyID,
                "SecretAccessKey": process.credentials.secretAccessKey.reveal(),
                "SessionToken": process.credentials.sessionToken?.reveal() ?? "",
            ]).replacing("{", with: #"{"Version":1,"#),
            ".aws/pod-token": try await podToken().reveal(),
            ".aws/sso/cache/\(cacheName).json": try Self.text(cachedSSOToken()),
        ]
    }

    static let ssoSession = "acme"

    /// A service account's token, as the kubelet would project it into a pod.
    public func podToken(
        subject: String = "system:serviceaccount:ci:image-builder", audience: String = "sts.amazonaws.com",
        lifetime: Duration = .seconds(86_400)
    ) async throws -> Secret {
        try await workloadToken(
            issuer: ClusterIssuer.url(baseURL), subject: subject, audience: audience, lifetime: lifetime)
    }

    /// The members of the file that `aws sso login` leaves for the session `acme`; the lifetime may be over.
    /// - Parameter lifetime: in seconds.
    public func cachedSSOToken(lifetime: Int = 8 * 3600) -> [String: String] {
        identityCenter.cachedToken(lifetime: lifetime)
    }

    private static func text(_ members: [String: String]) throws -> String {
        String(decoding: try JSON.encoder.encode(members), as: UTF8.self)
    }

    private var credentialsFile: String {
        let user = SandboxCaller.named(.user).credentials
        return """
            # Long-term keys of an IAM user.
            [deployer]
            aws_access_key_id = \(user.accessKeyID)
            aws_secret_access_key = \(user.secretAccessKey.reveal())

            """
    }

    private func config(home: String) -> String {
        """
        [default]
        region = us-east-1

        # A role, and a second one that is assumed with the first.
        [profile release]
        role_arn = \(SandboxRole.releaseManager.arn)
        role_session_name = dana
        source_profile = deployer

        [profile publish]
        role_arn = \(SandboxRole.imagePublisher.arn)
        role_session_name = dana
        external_id = acme-publish
        source_profile = release

        # IAM Identity Center, signed in.
        [profile admin]
        sso_session = \(Self.ssoSession)
        sso_account_id = \(SandboxCaller.account)
        sso_role_name = \(IdentityCenter.permissionSet)

        [sso-session \(Self.ssoSession)]
        sso_start_url = \(IdentityCenter.startURL)
        sso_region = \(MetadataService.region)
        sso_registration_scopes = sso:account:access

        # A command that prints credentials.
        [profile vault]
        credential_process = cat '\(home)/.aws/process.json'

        # A Kubernetes service account (IRSA).
        [profile pod]
        role_arn = \(SandboxRole.imageBuilder.arn)
        role_session_name = image-builder-7d9f
        web_identity_token_file = \(home)/.aws/pod-token

        """
    }
}

/// Which properties of the AWS files hold secrets.
public enum SecretProperties {
    private static let names: Set<String> = [
        "aws_secret_access_key", "aws_session_token", "aws_security_token", "credential_process",
    ]

    /// Whether a property of that name (in lower case) is to be masked. Command lines count, since they may carry a
    /// password; a token's file name does not. Properties not known here count when their name says so.
    public static func contains(_ name: String) -> Bool {
        if names.contains(name) { return true }
        if name.hasSuffix("_file") || name.hasSuffix("_url") { return false }
        return ["secret", "password", "session_token"].contains { name.contains($0) }
    }
}

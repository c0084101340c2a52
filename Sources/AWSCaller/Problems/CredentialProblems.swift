/// Why this host is nobody at AWS.
extension Problem {
    static let noCredentials = Problem(
        "no-credentials", "No AWS credentials are configured on this host",
        cause: "Neither variables nor the AWS files name any, and the host has no role that gives some",
        remedy: "{hint}", category: .noCredentials)
    static let profileUnknown = Problem(
        "profile-unknown", "The profile '{name}' named by {origin} is in neither AWS file",
        cause: "The name is mistyped, or the files are others: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE",
        remedy: "{hint}", category: .noCredentials)

    /// All of them.
    public static let credentials = [noCredentials, profileUnknown]
}

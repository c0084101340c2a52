/// What is wrong with the AWS files.
extension Problem {
    static let profileUnknown = Problem(
        "profile-unknown", "The profile '{name}' named by {origin} is in neither AWS file",
        cause: "The name is mistyped, or the files are others: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE",
        remedy: "{hint}", category: .noCredentials)

    /// All of them.
    public static let profiles = [profileUnknown]
}

import FoundationEssentials

extension CredentialResolution {
    /// The credentials, where there are some that still hold.
    /// - Throws: `.noCredentials`: why there are none, or when they expired.
    public func usableCredentials(at now: Date) throws(Failure) -> AWSCredentials {
        guard let credentials else {
            throw failure ?? Failure("No AWS credentials were found", category: .noCredentials)
        }
        // What the metadata service still hands out, the SDKs still use: it renews late when AWS is under strain.
        if winner != .imds, let expiration = credentials.expiration, expiration <= now {
            throw Failure(
                "The AWS credentials expired at \(expiration.formatted(.iso8601))",
                remedy: "Renew them, for instance with aws sso login", category: .noCredentials)
        }
        return credentials
    }
}

/// What a source found without asking anybody: whether it is configured, and how to get its credentials if so.
enum Examination: Sendable {
    /// Why it is not configured, as a short clause.
    case absent(String)
    /// Configured, but so that it can't work.
    case broken(Failure, [ValueOrigin])
    /// Configured, but a later source that is configured too comes before it here.
    case deferred(to: CredentialSource, [ValueOrigin])
    case ready([ValueOrigin], @Sendable () async throws(Failure) -> LoadOutcome)
}

/// What came of asking a source.
enum LoadOutcome: Sendable {
    case loaded(LoadedCredentials)
    /// It turned out not to be there, which lets the chain go on.
    case absent(String)
}

struct LoadedCredentials: Sendable {
    var credentials: AWSCredentials
    /// What was learned while asking, in addition to what the examination knew.
    var origins: [ValueOrigin] = []
    var findings: [CallerFinding] = []
}

import AWSCaller
import Chainguard

extension Runtime {
    /// The credentials that the chain resolves to.
    /// - Throws: the failure the chain stopped at, or one of category `.noCredentials` that says what was tried.
    func credentials() async throws(Failure) -> AWSCredentials {
        try await credentialStore.credentials(of: detector)
    }

    /// Who STS says is calling.
    func caller() async throws(Failure) -> CallerIdentity {
        let caller = await detector.detect()
        guard let answer = caller.answer else {
            throw caller.failure ?? Failure("The AWS caller could not be found out", category: .noCredentials)
        }
        return answer.identity
    }
}

/// The refreshing credentials of every profile that was used in this run.
actor CredentialStore {
    private var providers: [String?: RefreshingCredentials] = [:]

    func credentials(of detector: CallerDetector) async throws(Failure) -> AWSCredentials {
        try await provider(detector).credentials()
    }

    /// What is shown as the caller is what is signed with from then on; `nil` makes the next use ask the chain.
    func adopt(_ credentials: AWSCredentials?, of detector: CallerDetector) async {
        await provider(detector).adopt(credentials)
    }

    private func provider(_ detector: CallerDetector) -> RefreshingCredentials {
        if let known = providers[detector.profile] { return known }
        let provider = RefreshingCredentials(now: detector.context.now) { () async throws(Failure) in
            try await detector.resolve().usableCredentials(at: detector.context.now())
        }
        providers[detector.profile] = provider
        return provider
    }
}

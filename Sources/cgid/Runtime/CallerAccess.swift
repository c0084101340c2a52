import AWSCaller
import Chainguard

extension Runtime {
    /// The credentials that the chain resolves to.
    /// - Throws: the failure the chain stopped at, or one of category `.noCredentials` that says what was tried.
    func credentials() async throws(Failure) -> AWSCredentials {
        try await detector.resolve().usableCredentials()
    }

    /// Who STS says is calling.
    func caller() async throws(Failure) -> CallerIdentity {
        let caller = await detector.detect()
        guard let answer = caller.answer else {
            throw caller.failure ?? Failure("the AWS caller could not be found out", category: .noCredentials)
        }
        return answer.identity
    }
}

extension CredentialResolution {
    /// - Throws: why there are none.
    func usableCredentials() throws(Failure) -> AWSCredentials {
        if let credentials { return credentials }
        throw failure ?? Failure("no AWS credentials were found", category: .noCredentials)
    }
}

import AWSCaller
import Chainguard

extension Runtime {
    /// The credentials that the chain resolves to.
    /// - Throws: the failure the chain stopped at, or one of category `.noCredentials` that says what was tried.
    func credentials() async throws(Failure) -> AWSCredentials {
        try await detector.resolve().usableCredentials(at: host.now())
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

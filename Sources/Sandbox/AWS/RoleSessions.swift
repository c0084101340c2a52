import AWSCaller
import FoundationEssentials
import Synchronization

/// The role sessions that STS handed out, by access key.
final class RoleSessions: Sendable {
    private struct State {
        var issued = 0
        var sessions: [String: Principal] = [:]
    }

    private let state = Mutex(State())

    subscript(accessKeyID: String) -> Principal? {
        state.withLock { $0.sessions[accessKeyID] }
    }

    /// - Parameter lifetime: in seconds.
    func issue(_ role: SandboxRole, session: String, lifetime: Int, at now: Date) -> Principal {
        state.withLock { state in
            state.issued += 1
            let key = Material.hex("role session \(state.issued)", digits: 16).uppercased()
            let end = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) + Double(lifetime))
            let principal = Principal(
                credentials: AWSCredentials(
                    accessKeyID: "ASIA\(key)", secretAccessKey: Material.secretKey(for: key),
                    sessionToken: Material.sessionToken(for: key), expiration: end),
                identity: CallerIdentity(
                    account: SandboxCaller.account,
                    arn: ARN(
                        partition: "aws", service: "sts", account: SandboxCaller.account,
                        resource: "assumed-role/\(role.name)/\(session)"), userID: "\(role.id):\(session)"),
                end: end)
            state.sessions = state.sessions.filter { $0.value.end.map { $0 > now } ?? true }
            state.sessions[principal.credentials.accessKeyID] = principal
            return principal
        }
    }
}

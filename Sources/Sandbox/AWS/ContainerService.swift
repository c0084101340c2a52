import AWSCaller
import Chainguard
import FoundationEssentials
import Transport

/// The credentials endpoint of ECS and of EKS Pod Identity: one task, one authorization token.
struct ContainerService: Sendable {
    static let taskID = "8f7d2c3e-4b1a-4d6f-9e21-7c5a3b9d0e64"
    /// To be sent verbatim in `Authorization`.
    static let authorization = Secret(Material.hex("container authorization", digits: 64))

    let now: @Sendable () -> Date

    func answer(_ request: Incoming) -> Reply {
        guard request.method == "GET", request.segments == [Self.taskID] else {
            return .json(["code": "NotFound", "message": "no such task"], status: 404)
        }
        guard request.headers["authorization"] == Self.authorization.reveal() else {
            return .json(
                ["code": "AccessDenied", "message": "the authorization token is not valid"], status: 401)
        }
        let caller = SandboxCaller.named(.container)
        return .json([
            "RoleArn": "arn:aws:iam::\(caller.identity.account):role/ecs-registry-mirror",
            "AccessKeyId": caller.credentials.accessKeyID,
            "SecretAccessKey": caller.credentials.secretAccessKey.reveal(),
            "Token": caller.credentials.sessionToken?.reveal() ?? "",
            "Expiration": Timestamp.format(now().addingTimeInterval(6 * 3600)),
        ])
    }
}

import Chainguard
import FoundationEssentials
import Transport

/// The EC2 instance metadata service: version 2, with version 1 only where it is allowed.
struct MetadataService: Sendable {
    static let region = "us-east-1"
    static let maximumTTL = 21_600

    let now: @Sendable () -> Date
    let allowsVersion1: Bool
    /// False for an instance without an instance profile.
    let hasRole: Bool

    func answer(_ request: Incoming) -> Reply {
        let path = request.segments
        guard path.first == "latest" else { return Self.notFound }
        if path == ["latest", "api", "token"] { return tokenAnswer(request) }
        guard request.method == "GET" else { return .text("Method Not Allowed", status: 405) }
        guard allows(request) else { return .text("Unauthorized", type: "text/html", status: 401) }
        return document(Array(path.dropFirst()))
    }

    private static let notFound = Reply.text("Not Found", type: "text/html", status: 404)

    /// A token is the time of its end and a mark that only this service makes: it needs no memory.
    private func tokenAnswer(_ request: Incoming) -> Reply {
        guard request.method == "PUT" else { return .text("Method Not Allowed", status: 405) }
        guard request.headers["x-forwarded-for"] == nil else { return .text("Forbidden", status: 403) }
        guard let ttl = request.headers["x-aws-ec2-metadata-token-ttl-seconds"].flatMap(Int.init),
            (1...Self.maximumTTL).contains(ttl)
        else { return .text("Bad Request", status: 400) }
        var reply = Reply.text(Self.token(ending: Int(now().timeIntervalSince1970) + ttl))
        reply.headers.add("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", String(ttl))
        return reply
    }

    private static func token(ending end: Int) -> String {
        "\(end)-" + Material.hex("metadata token ending \(end)", digits: 40)
    }

    private func allows(_ request: Incoming) -> Bool {
        guard let token = request.headers["x-aws-ec2-metadata-token"] else { return allowsVersion1 }
        guard let end = token.split(separator: "-").first.flatMap({ Int($0) }) else { return false }
        return token == Self.token(ending: end) && now().timeIntervalSince1970 < Double(end)
    }

    private func document(_ path: [String]) -> Reply {
        let caller = SandboxCaller.named(.instance)
        let role = caller.identity.roleName ?? ""
        let session = caller.identity.sessionName ?? ""
        let lists = [
            ["meta-data", "iam", "security-credentials"], ["meta-data", "iam", "security-credentials-extended"],
        ]
        if hasRole, lists.contains(path) { return .text(role) }
        if hasRole, lists.contains(where: { path == $0 + [role] }) {
            return credentials(of: caller, isExtended: path.contains("security-credentials-extended"))
        }
        switch path {
        case ["meta-data", "instance-id"]: return .text(session)
        case ["meta-data", "placement", "region"]: return .text(Self.region)
        case ["dynamic", "instance-identity", "document"]:
            return .json(["accountId": caller.identity.account, "instanceId": session, "region": Self.region])
        default: return Self.notFound
        }
    }

    private func credentials(of caller: SandboxCaller, isExtended: Bool) -> Reply {
        var document = [
            "Code": "Success",
            "LastUpdated": Timestamp.format(now().addingTimeInterval(-600)),
            "Type": "AWS-HMAC",
            "AccessKeyId": caller.credentials.accessKeyID,
            "SecretAccessKey": caller.credentials.secretAccessKey.reveal(),
            "Token": caller.credentials.sessionToken?.reveal() ?? "",
            "Expiration": Timestamp.format(now().addingTimeInterval(6 * 3600)),
        ]
        if isExtended { document["AccountId"] = caller.identity.account }
        return .json(document)
    }
}

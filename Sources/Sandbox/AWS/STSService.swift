import AWSCaller
import FoundationEssentials
import Transport

/// AWS STS with the one operation that needs no permission: GetCallerIdentity.
struct STSService: Sendable {
    let now: @Sendable () -> Date

    /// Answers JSON when the client accepts nothing else, and XML otherwise, errors too.
    func answer(_ request: Incoming) -> Reply {
        let id = Self.requestID(request)
        let form: STSAnswer = request.headers["accept"]?.lowercased() == "application/json" ? .json : .xml
        guard request.method == "GET" || request.method == "POST" else {
            return form.error(STSError("InvalidAction", status: 405, "\(request.method) is not supported."), id: id)
        }
        guard let action = request.fields["Action"] else {
            return Reply(status: 302, headers: ["Location": "https://aws.amazon.com/iam"])
        }
        do throws(STSError) {
            guard action == "GetCallerIdentity", request.fields["Version"] == "2011-06-15" else {
                throw STSError(
                    "InvalidAction", status: 400,
                    "Could not find operation \(action) for version \(request.fields["Version"] ?? "NO_VERSION_SPECIFIED")"
                )
            }
            let caller = try SignatureCheck(callers: SandboxCaller.all, now: now()).signer(of: request)
            return form.identity(caller.identity, id: id)
        } catch {
            return form.error(error, id: id)
        }
    }

    /// A UUID made of the request itself, so that the same request is answered in the same words.
    private static func requestID(_ request: Incoming) -> String {
        let digits = Array(Material.hex("request \(request.headers.fields)", digits: 32))
        return [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
            .map { String($0) }.joined(separator: "-")
    }
}

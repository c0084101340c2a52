/// The readers of STS's two answer forms: JSON when asked for with `Accept: application/json`, XML otherwise.
enum STSAnswer {
    struct Caller: Equatable {
        var identity: CallerIdentity
        var requestID: String
    }

    /// An error document; `type` is `Sender` or `Receiver`.
    struct ErrorDocument: Equatable {
        var code: String
        var message: String
        var requestID: String
    }

    /// - Returns: `nil` when the body is no whole answer in either form.
    static func caller(_ body: [UInt8]) -> Caller? {
        let fields = isXML(body) ? xmlCaller(body) : jsonCaller(body)
        guard let fields, let arn = ARN(fields.arn), !fields.account.isEmpty, !fields.userID.isEmpty else {
            return nil
        }
        let identity = CallerIdentity(account: fields.account, arn: arn, userID: fields.userID)
        return Caller(identity: identity, requestID: fields.requestID)
    }

    /// - Returns: `nil` when the body is no error document in either form.
    static func error(_ body: [UInt8]) -> ErrorDocument? {
        if isXML(body) {
            guard let root = XMLElement.parse(body), let error = root["Error"] ?? root["Errors"]?["Error"],
                let code = error.text("Code")
            else { return nil }
            return ErrorDocument(
                code: code, message: error.text("Message") ?? "",
                requestID: root.text("RequestId") ?? root.text("RequestID") ?? "")
        }
        guard let document = JSONValue.parse(body), let error = document["Error"], let code = error["Code"]?.string
        else { return nil }
        return ErrorDocument(
            code: code, message: error["Message"]?.string ?? "", requestID: document["RequestId"]?.string ?? "")
    }

    private struct CallerFields {
        var account: String
        var arn: String
        var userID: String
        var requestID: String
    }

    static func isXML(_ body: [UInt8]) -> Bool {
        let bom: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = body.starts(with: bom) ? body.dropFirst(3) : body[...]
        return start.first { $0 != UInt8(ascii: " ") && !(9...13).contains($0) } == UInt8(ascii: "<")
    }

    private static func xmlCaller(_ body: [UInt8]) -> CallerFields? {
        guard let root = XMLElement.parse(body), root.name == "GetCallerIdentityResponse",
            let result = root["GetCallerIdentityResult"], let account = result.text("Account"),
            let arn = result.text("Arn"), let userID = result.text("UserId")
        else { return nil }
        return CallerFields(
            account: account, arn: arn, userID: userID,
            requestID: root.text("ResponseMetadata", "RequestId") ?? "")
    }

    private static func jsonCaller(_ body: [UInt8]) -> CallerFields? {
        guard let response = JSONValue.parse(body)?["GetCallerIdentityResponse"],
            let result = response["GetCallerIdentityResult"], let account = result["Account"]?.string,
            let arn = result["Arn"]?.string, let userID = result["UserId"]?.string
        else { return nil }
        return CallerFields(
            account: account, arn: arn, userID: userID,
            requestID: response["ResponseMetadata"]?["RequestId"]?.string ?? "")
    }
}

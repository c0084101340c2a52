import FoundationEssentials

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
        guard let document = try? JSONDecoder().decode(JSONError.self, from: Data(body)) else { return nil }
        return ErrorDocument(
            code: document.Error.Code, message: document.Error.Message ?? "", requestID: document.RequestId ?? "")
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
        guard let document = try? JSONDecoder().decode(JSONCaller.self, from: Data(body)) else { return nil }
        let result = document.GetCallerIdentityResponse.GetCallerIdentityResult
        return CallerFields(
            account: result.Account, arn: result.Arn, userID: result.UserId,
            requestID: document.GetCallerIdentityResponse.ResponseMetadata?.RequestId ?? "")
    }

    private struct JSONCaller: Decodable {
        var GetCallerIdentityResponse: Response
        struct Response: Decodable {
            var GetCallerIdentityResult: Result
            var ResponseMetadata: Metadata?
        }
        struct Result: Decodable {
            var Account: String
            var Arn: String
            var UserId: String
        }
        struct Metadata: Decodable { var RequestId: String? }
    }

    private struct JSONError: Decodable {
        var Error: Content
        var RequestId: String?
        struct Content: Decodable {
            var Code: String
            var Message: String?
        }
    }
}

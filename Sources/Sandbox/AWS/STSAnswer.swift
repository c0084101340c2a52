import AWSCaller
import Transport

/// The two forms in which STS answers.
enum STSAnswer: Sendable {
    case json
    case xml

    func identity(_ identity: CallerIdentity, id: String) -> Reply {
        switch self {
        case .json:
            let answer = [
                "GetCallerIdentityResponse": IdentityBody(
                    result: [
                        "Account": identity.account, "Arn": identity.arn.description, "UserId": identity.userID,
                    ], metadata: ["RequestId": id])
            ]
            return reply(.json(answer), id: id)
        case .xml:
            return reply(
                .text(
                    """
                    <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                      <GetCallerIdentityResult>
                        <Arn>\(Self.escaped(identity.arn.description))</Arn>
                        <UserId>\(Self.escaped(identity.userID))</UserId>
                        <Account>\(Self.escaped(identity.account))</Account>
                      </GetCallerIdentityResult>
                      <ResponseMetadata>
                        <RequestId>\(id)</RequestId>
                      </ResponseMetadata>
                    </GetCallerIdentityResponse>

                    """, type: "text/xml"), id: id)
        }
    }

    func error(_ error: STSError, id: String) -> Reply {
        switch self {
        case .json:
            let body = ErrorBody(
                error: ["Code": error.code, "Message": error.message, "Type": "Sender"], requestID: id)
            return reply(.json(body, status: error.status), id: id)
        case .xml:
            return reply(
                .text(
                    """
                    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                      <Error>
                        <Type>Sender</Type>
                        <Code>\(error.code)</Code>
                        <Message>\(Self.escaped(error.message))</Message>
                      </Error>
                      <RequestId>\(id)</RequestId>
                    </ErrorResponse>

                    """, type: "text/xml", status: error.status), id: id)
        }
    }

    private func reply(_ reply: Reply, id: String) -> Reply {
        var reply = reply
        reply.headers.add("x-amzn-RequestId", id)
        return reply
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private struct IdentityBody: Encodable {
        var result: [String: String]
        var metadata: [String: String]

        private enum CodingKeys: String, CodingKey {
            case result = "GetCallerIdentityResult"
            case metadata = "ResponseMetadata"
        }
    }

    private struct ErrorBody: Encodable {
        var error: [String: String]
        var requestID: String

        private enum CodingKeys: String, CodingKey {
            case error = "Error"
            case requestID = "RequestId"
        }
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import Transport

/// A value in an answer of STS.
indirect enum STSValue: Sendable {
    case text(String)
    /// Seconds since 1970 in JSON, text in XML.
    case moment(Date)
    case members([(name: String, value: STSValue)])
}

/// The two forms in which STS answers.
enum STSAnswer: Sendable {
    case json
    case xml

    init(askedFor request: Incoming) {
        self = request.headers["accept"]?.lowercased() == "application/json" ? .json : .xml
    }

    func result(of action: String, _ result: STSValue, id: String) -> Reply {
        document(
            action + "Response",
            [
                (action + "Result", result),
                ("ResponseMetadata", .members([("RequestId", .text(id))])),
            ], id: id)
    }

    func error(_ error: STSError, id: String) -> Reply {
        let body: STSValue = .members([
            ("Type", .text("Sender")), ("Code", .text(error.code)), ("Message", .text(error.message)),
        ])
        return document("ErrorResponse", [("Error", body), ("RequestId", .text(id))], status: error.status, id: id)
    }

    /// The name of an error's document stands in XML only.
    private func document(
        _ name: String, _ members: [(name: String, value: STSValue)], status: Int = 200, id: String
    ) -> Reply {
        let body = STSValue.members(members)
        var reply: Reply
        switch self {
        case .json: reply = .json(status == 200 ? .members([(name, body)]) : body, status: status)
        case .xml:
            let space = #" xmlns="https://sts.amazonaws.com/doc/2011-06-15/""#
            reply = .text(body.element(name, attributes: space, indent: "") + "\n", type: "text/xml", status: status)
        }
        reply.headers.add("x-amzn-RequestId", id)
        return reply
    }
}

extension STSValue {
    fileprivate func element(_ name: String, attributes: String = "", indent: String) -> String {
        let content: String
        switch self {
        case .text(let text): content = Self.escaped(text)
        case .moment(let date): content = Timestamp.format(date)
        case .members(let members):
            let inner = members.map { "\n" + $0.value.element($0.name, indent: indent + "  ") }.joined()
            content = inner + "\n" + indent
        }
        return "\(indent)<\(name)\(attributes)>\(content)</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

extension STSValue: Encodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .moment(let date):
            var container = encoder.singleValueContainer()
            try container.encode(date.timeIntervalSince1970)
        case .members(let members):
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
        }
    }
}

import FoundationEssentials
import Transport

/// One answer, as a value.
struct Reply: Sendable {
    /// 0 closes the connection without an answer.
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]

    init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func text(_ text: String, type: String = "text/plain", status: Int = 200) -> Reply {
        Reply(status: status, headers: ["Content-Type": type], body: Array(text.utf8))
    }

    static func json(_ value: some Encodable, status: Int = 200) -> Reply {
        guard let data = try? JSON.encoder.encode(value) else {
            return .text("the answer can't be written as JSON", status: 500)
        }
        return Reply(status: status, headers: ["Content-Type": "application/json"], body: Array(data))
    }
}

/// The one way JSON is written: stable key order, so that answers and state files can be compared.
enum JSON {
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

/// The parts of an `Authorization: AWS4-HMAC-SHA256 …` header.
struct PresentedSignature: Sendable, Equatable {
    var accessKeyID: String
    /// `yyyymmdd`.
    var day: String
    var region: String
    var service: String
    /// As they are listed, in lower case.
    var signedHeaders: [String]
    var signature: String

    var scope: String { "\(day)/\(region)/\(service)/aws4_request" }

    init(authorization: String) throws(STSError) {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.first == "AWS4-HMAC-SHA256" else {
            throw .incomplete("Unsupported AWS 'algorithm': '\(parts.first.map(String.init) ?? "")'.")
        }
        let fields = Self.fields(parts.count > 1 ? parts[1] : "")
        let missing = ["Credential", "Signature", "SignedHeaders"].filter { fields[$0, default: ""].isEmpty }
        guard missing.isEmpty, let credential = fields["Credential"], let signature = fields["Signature"],
            let signed = fields["SignedHeaders"]
        else {
            let complaints = missing.map { "Authorization header requires '\($0)' parameter." }
            throw .incomplete(complaints.joined(separator: " "))
        }
        let scope = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard scope.count == 5, scope[4] == "aws4_request" else {
            throw .incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
                    + "got '\(credential)'.")
        }
        accessKeyID = scope[0]
        day = scope[1]
        region = scope[2]
        service = scope[3]
        signedHeaders = signed.split(separator: ";").map { $0.lowercased() }
        self.signature = signature
    }

    private static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.trimmingPrefix(" ").split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields[String(pair[0])] = String(pair[1]) }
        }
        return fields
    }
}

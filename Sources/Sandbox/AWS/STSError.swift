/// An error of AWS STS: its code, its HTTP status, and a message in AWS's own words.
struct STSError: Error, Sendable, Equatable {
    var code: String
    var status: Int
    var message: String

    init(_ code: String, status: Int = 403, _ message: String) {
        self.code = code
        self.status = status
        self.message = message
    }

    static let unknownKey = STSError(
        "InvalidClientTokenId", "The security token included in the request is invalid.")
    static let unsigned = STSError("MissingAuthenticationToken", "Request is missing Authentication Token")
    static let endedSession = STSError("ExpiredToken", "The security token included in the request is expired")
    static let wrongSignature = STSError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            + "Key and signing method. Consult the service documentation for details.")

    static func incomplete(_ message: String) -> STSError {
        STSError("IncompleteSignature", status: 400, message)
    }

    static func mismatch(_ message: String) -> STSError {
        STSError("SignatureDoesNotMatch", message)
    }
}

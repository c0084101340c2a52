/// What the registry refuses (OCI Distribution Specification 1.1, "Error Codes").
struct RegistryError: Error, Sendable, Equatable {
    enum Code: String, Sendable {
        case unauthorized = "UNAUTHORIZED"
        case denied = "DENIED"
        case nameUnknown = "NAME_UNKNOWN"
        case manifestUnknown = "MANIFEST_UNKNOWN"
        case blobUnknown = "BLOB_UNKNOWN"
        case unsupported = "UNSUPPORTED"

        var httpStatus: Int {
            switch self {
            case .unauthorized: 401
            case .denied: 403
            case .nameUnknown, .manifestUnknown, .blobUnknown: 404
            case .unsupported: 405
            }
        }
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    var reply: Reply {
        .json(["errors": [["code": code.rawValue, "message": message]]], status: code.httpStatus)
    }
}

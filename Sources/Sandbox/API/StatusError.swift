/// An error of Chainguard's services: `google.rpc.Status`, with the HTTP status that gRPC's gateway maps it to.
struct StatusError: Error, Sendable, Equatable {
    /// `google.rpc.Code`.
    enum Code: Int, Sendable {
        case invalidArgument = 3
        case notFound = 5
        case alreadyExists = 6
        case permissionDenied = 7
        case resourceExhausted = 8
        case failedPrecondition = 9
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
        case unauthenticated = 16

        var httpStatus: Int {
            switch self {
            case .invalidArgument, .failedPrecondition: 400
            case .unauthenticated: 401
            case .permissionDenied: 403
            case .notFound: 404
            case .alreadyExists: 409
            case .resourceExhausted: 429
            case .internal: 500
            case .unimplemented: 501
            case .unavailable: 503
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
        .json(Body(code: code.rawValue, message: message), status: code.httpStatus)
    }

    private struct Body: Encodable {
        var code: Int
        var message: String
        var details: [String] = []
    }
}

/// The codes of gRPC (`google.rpc.Code`), which Chainguard's services put into the body of an error.
public enum RPCCode: Int, Sendable, Hashable, CaseIterable {
    case cancelled = 1
    case unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied, resourceExhausted
    case failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable, dataLoss, unauthenticated

    /// As gRPC spells it: `PermissionDenied`.
    public var title: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// What an HTTP status stands for when the body doesn't say it (grpc-gateway's mapping, read backwards). 500 may be
    /// one of three, so it is `unknown`.
    init(httpStatus: Int) {
        self =
            switch httpStatus {
            case 400: .invalidArgument
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .notFound
            case 409: .alreadyExists
            case 429: .resourceExhausted
            case 499: .cancelled
            case 501: .unimplemented
            case 502, 503: .unavailable
            case 504: .deadlineExceeded
            default: .unknown
            }
    }
}

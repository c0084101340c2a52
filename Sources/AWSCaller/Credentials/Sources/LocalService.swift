import Glibc
import Transport

/// Asking the small HTTP services beside a workload: the container endpoint and the instance metadata service.
enum LocalService {
    /// A service that answers at all is asked this often, however few tries its silence is given.
    private static let leastTriesOnServerError = 3

    /// Sends, and sends again on a status of 5xx or no answer, without pause: these services are on the same host.
    /// - Parameter attempts: tries in all when nothing answers.
    /// - Throws: `Failure` when the last try got no answer.
    static func send(
        _ request: HTTPRequest, attempts: Int, name: String, _ context: HostContext
    ) async throws(Failure) -> HTTPResponse {
        do {
            return try await send(request, attempts: attempts, context)
        } catch {
            throw failure(error, name: name)
        }
    }

    static func send(
        _ request: HTTPRequest, attempts: Int, _ context: HostContext
    ) async throws(TransportError) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(TransportError) {
                let response = try await context.transport.send(request)
                if response.status < 500 || attempt >= max(attempts, leastTriesOnServerError) { return response }
            } catch {
                if error.reason == .cancelled || attempt >= attempts { throw error }
            }
            attempt += 1
        }
    }

    static func failure(_ error: TransportError, name: String) -> Failure {
        if error.reason == .cancelled { return Failure("Cancelled", category: .cancelled) }
        return Failure(
            "\(name) did not answer: \(error.reason.words)",
            remedy: "Check that the agent that serves it runs and that nothing blocks link-local addresses",
            detail: error.detail, category: .noCredentials)
    }
}

/// Addresses judged by their bytes, never by their text.
enum LocalAddress {
    /// Whether plain http to a host stays on this host or its container agent.
    static func isContainerHost(_ host: String) -> Bool {
        if host == "localhost" { return true }
        guard let bytes = parse(host) else { return false }
        if bytes.count == 4 { return bytes[0] == 127 || bytes == [169, 254, 170, 2] || bytes == [169, 254, 170, 23] }
        return bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
            || bytes == [0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x23]
    }

    /// The 4 or 16 bytes of an IP address; an IPv4 address mapped into IPv6 gives 4.
    static func parse(_ text: String) -> [UInt8]? {
        var v4 = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &v4) == 1 { return v4 }
        var v6 = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return v6.starts(with: mapped) ? Array(v6.suffix(4)) : v6
    }
}

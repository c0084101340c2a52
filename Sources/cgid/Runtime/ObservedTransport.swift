import Transport

/// Bounds each request by the person's `--timeout` and tells the log what was asked and answered.
struct ObservedTransport: HTTPTransport {
    let base: any HTTPTransport
    let limit: Duration?
    let log: RequestLog?

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var bounded = request
        if let limit {
            bounded.timeout = min(request.timeout, limit)
            // Less, so that nobody there is told from an answer that does not come.
            bounded.connectTimeout = min(request.connectTimeout, limit * 3 / 4)
        }
        let start = ContinuousClock.now
        do {
            let response = try await base.send(bounded)
            log?.answered(request, status: response.status, after: start.duration(to: .now))
            return response
        } catch {
            log?.failed(request, error, after: start.duration(to: .now))
            throw error
        }
    }
}

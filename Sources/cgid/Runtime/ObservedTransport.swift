import AWSCaller
import FoundationEssentials
import Transport

/// Bounds each request by the person's `--timeout`, and tells the log and the history what was asked and answered.
struct ObservedTransport: HTTPTransport {
    let base: any HTTPTransport
    let limit: Duration?
    let log: RequestLog?
    let history: RequestHistory

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
            note(request, "\(response.status)", since: start, id: response.requestID)
            return response
        } catch {
            note(request, "\(error.reason)", since: start, id: nil)
            throw error
        }
    }

    private func note(_ request: HTTPRequest, _ outcome: String, since start: ContinuousClock.Instant, id: String?) {
        let entry = RequestHistory.Entry(
            time: Date(), request: "\(request)", outcome: outcome,
            milliseconds: start.duration(to: .now).wholeMilliseconds, requestId: id)
        history.note(entry)
        log?.note(entry)
        if let id { RequestTrace.current?.add(id) }
    }
}

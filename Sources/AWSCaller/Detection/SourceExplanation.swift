/// One source of the chain, told in words: the same on the screen and in the terminal.
package struct SourceExplanation: Sendable, Hashable {
    package enum Detail: Sendable, Hashable {
        /// A step of the role path; the first is what the first role is assumed with.
        case start(String)
        case hop(String)
        /// Where a value stands.
        case origin(String)
        /// The other side's words about a failure.
        case cause(String)
        case remedy(String)
        case probe(String, hasCredentials: Bool)
    }

    package var title: String
    /// `used (12 ms)`
    package var outcome: String
    /// Why it came out so; may be empty.
    package var reason: String
    package var details: [Detail]
}

extension DetectedCaller {
    package func explanation(of report: SourceReport) -> SourceExplanation {
        let path = report.source == .assumeRole ? rolePath : []
        return report.explanation(rolePath: path)
    }
}

extension SourceReport {
    /// - Parameter rolePath: see ``DetectedCaller/rolePath``; empty for a source that assumes no role.
    package func explanation(rolePath: [String] = []) -> SourceExplanation {
        let time = elapsed.wholeMilliseconds > 0 ? " (\(TimeText.measured(elapsed)))" : ""
        var explanation = SourceExplanation(
            title: source.title, outcome: outcome.title + time, reason: outcome.reason ?? "", details: [])
        if case .failed(let failure) = outcome {
            explanation.reason = failure.what
            explanation.details += Self.details(failure)
        }
        if rolePath.count > 1 {
            explanation.details.append(.start("with the credentials of \(rolePath[0])"))
            explanation.details += rolePath.dropFirst().map { .hop($0) }
        }
        explanation.details += origins.map { .origin($0.words) }
        switch probe {
        case .answered?: explanation.details.append(.probe(probe?.words ?? "", hasCredentials: true))
        case .failed(let failure)?:
            explanation.details.append(.probe("probed: \(failure.what)", hasCredentials: false))
            explanation.details += Self.details(failure)
        case nil: break
        }
        return explanation
    }

    private static func details(_ failure: Failure) -> [SourceExplanation.Detail] {
        (failure.detail.isEmpty ? [] : [.cause(failure.detail)])
            + (failure.remedy.isEmpty ? [] : [.remedy(failure.remedy)])
    }
}

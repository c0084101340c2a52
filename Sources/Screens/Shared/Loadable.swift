import AWSCaller

/// Something asked for: what is known of it, whether more is on its way, and why it did not come.
struct Loadable<Value: Sendable>: Sendable {
    var value: Value?
    var isLoading = false
    var failure: Failure?

    /// Asked for now; what was known stays until the answer is there.
    mutating func begin() {
        isLoading = true
        failure = nil
    }

    mutating func finish(_ newValue: Value) {
        value = newValue
        isLoading = false
        failure = nil
    }

    mutating func fail(_ reason: Failure) {
        isLoading = false
        failure = reason
    }

    /// Nothing is known and nothing has been asked.
    var isUntouched: Bool { value == nil && !isLoading && failure == nil }
}

extension Loadable: Equatable where Value: Equatable {}

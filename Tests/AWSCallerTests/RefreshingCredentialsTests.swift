import FoundationEssentials
import Synchronization
import Testing

@testable import AWSCaller

@Suite struct RefreshingCredentialsTests {
    /// A clock that tests move, and a source that counts how often it is asked.
    private final class Source: Sendable {
        struct State {
            var now = testNow
            var asked = 0
            var failure: Failure?
            var running = 0
            var mostAtOnce = 0
        }
        let state = Mutex(State())

        var now: Date { state.withLock { $0.now } }
        var asked: Int { state.withLock { $0.asked } }

        func advance(minutes: Double) { state.withLock { $0.now += minutes * 60 } }

        func load(lifetime: Double = 60, taking pause: Duration = .zero) async throws(Failure) -> AWSCredentials {
            let number = state.withLock { state in
                state.asked += 1
                state.running += 1
                state.mostAtOnce = max(state.mostAtOnce, state.running)
                return state.asked
            }
            try? await Task.sleep(for: pause)
            let failure = state.withLock { state in
                state.running -= 1
                return state.failure
            }
            if Task.isCancelled { throw Failure("Cancelled", category: .cancelled) }
            if let failure { throw failure }
            return AWSCredentials(
                accessKeyID: "ASIA\(number)", secretAccessKey: Secret("s"),
                expiration: now.addingTimeInterval(lifetime * 60))
        }
    }

    private func provider(_ source: Source, taking pause: Duration = .zero) -> RefreshingCredentials {
        let load: RefreshingCredentials.Load = { () async throws(Failure) in try await source.load(taking: pause) }
        return RefreshingCredentials(now: { source.now }, load: load)
    }

    @Test func fetchesAgainBeforeTheEndOnly() async throws {
        let source = Source()
        let provider = provider(source)
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        source.advance(minutes: 54)
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        source.advance(minutes: 2)
        #expect(try await provider.credentials().accessKeyID == "ASIA2")
    }

    @Test func neverFetchesTwiceAtOnce() async throws {
        let source = Source()
        let provider = provider(source, taking: .milliseconds(30))
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<20 { group.addTask { try? await provider.credentials().accessKeyID } }
            for await id in group { #expect(id == "ASIA1") }
        }
        #expect(source.state.withLock { $0.mostAtOnce } == 1)
        #expect(source.asked == 1)
    }

    @Test func aFailedEarlyFetchKeepsWhatIsValid() async throws {
        let source = Source()
        let provider = provider(source)
        _ = try await provider.credentials()
        source.state.withLock { $0.failure = Failure("down") }
        source.advance(minutes: 57)
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        #expect(source.asked == 2, "tried again at once")
        source.advance(minutes: 1.5)
        #expect(try await provider.credentials().accessKeyID == "ASIA1")
        #expect(source.asked == 3)
        source.advance(minutes: 5)
        await #expect(throws: Failure("down")) { try await provider.credentials() }
    }

    @Test func aCancelledWaiterLeavesTheOthers() async throws {
        let source = Source()
        let provider = provider(source, taking: .milliseconds(60))
        let leaving = Task { try await provider.credentials() }
        let staying = Task { try await provider.credentials() }
        while source.asked == 0 { await Task.yield() }
        leaving.cancel()
        await #expect(throws: Failure("Cancelled", category: .cancelled)) { try await leaving.value }
        #expect(try await staying.value.accessKeyID == "ASIA1")
        #expect(source.asked == 1)
    }

    @Test func aFetchThatNobodyWaitsForIsCancelled() async throws {
        let source = Source()
        let provider = provider(source, taking: .seconds(60))
        let only = Task { try await provider.credentials() }
        while source.asked == 0 { await Task.yield() }
        only.cancel()
        await #expect(throws: Failure.self) { try await only.value }
        while source.state.withLock({ $0.running }) > 0 { await Task.yield() }
    }

    @Test func whatWasShownIsUsed() async throws {
        let source = Source()
        let provider = provider(source)
        await provider.adopt(AWSCredentials(accessKeyID: "AKIASHOWN", secretAccessKey: Secret("s")))
        #expect(try await provider.credentials().accessKeyID == "AKIASHOWN")
        #expect(source.asked == 0)
    }
}

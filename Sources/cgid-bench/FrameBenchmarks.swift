import AWSCaller
import Chainguard
import FoundationEssentials
import Screens
import TerminalUI

/// How long the loop is busy between two frames, at worst, while something is done with a large list. Jobs are done
/// between the frames, as the effect runner does them beside the loop; how long they take is a result of its own.
struct FrameBenchmarks {
    private static let budget = 16_700_000.0
    private static let size = Size(120, 40)
    private let now = Date(timeIntervalSince1970: 1_750_000_000)

    private var app = App(options: AppOptions(), size: size)
    private var listing: EffectID?
    private var slowestFrame = 0.0
    private var slowestJob = 0.0
    private var results: [Benchmark.Result] = []

    /// - Parameter arriving: the answers by which the list came.
    static func results(_ all: [AssumableIdentity], arriving answers: [Answer]) -> [Benchmark.Result] {
        var bench = FrameBenchmarks()
        bench.open()
        bench.measure("the list arrives") {
            for answer in answers { $0.answer(answer, isLast: false) }
            $0.answer(.identities(all, total: all.count, complete: true), isLast: true)
        }
        bench.actions()
        bench.open()
        bench.measure("the remembered list arrives") {
            $0.answer(.identitiesRemembered(all, total: all.count, saved: $0.now), isLast: false)
        }
        bench.measure("the refreshed list takes its place") {
            $0.answer(.identities(Array(all.dropFirst()), total: all.count - 1, complete: true), isLast: true)
        }
        return bench.results
    }

    private mutating func actions() {
        press("sort by who may assume it", "s", "s")
        press("sort by parent and back", "s", "S")
        press("closest to this caller", "c")
        press("only what matches this caller, and all again", "m", "m")
        press("the tree, folded and back", "v", "g")
        measure("fold and unfold a folder") { for _ in 0..<2 { $0.key(.enter) } }
        press("no tree", "v")
        press("mark all, ask to delete them", "*", "d")
        measure("typing a filter") {
            $0.key(.escape)
            $0.key(.character("/"))
            for letter in "prod" { $0.key(.character(letter)) }
        }
        measure("clearing the filter") { $0.key(.escape) }
    }

    private mutating func open() {
        app = App(options: AppOptions(), size: Self.size)
        perform(.start)
        key(.character("2"))
    }

    private mutating func press(_ name: String, _ keys: Character...) {
        measure(name) { for key in keys { $0.key(.character(key)) } }
    }

    private mutating func measure(_ name: String, _ body: (inout FrameBenchmarks) -> Void) {
        (slowestFrame, slowestJob) = (0, 0)
        body(&self)
        results.append(
            Benchmark.Result(
                name: "listing: slowest frame, \(name)", nanoseconds: slowestFrame, budget: Self.budget))
        guard slowestJob > 0 else { return }
        results.append(
            Benchmark.Result(name: "listing: beside the loop, \(name)", nanoseconds: slowestJob, budget: nil))
    }

    private mutating func key(_ code: Key.Code) { perform(.input(.key(Key(code)))) }

    private mutating func answer(_ answer: Answer, isLast: Bool) {
        guard let listing else { preconditionFailure("the screen asks for the list when it is opened") }
        perform(.answer(listing, answer, isLast: isLast))
    }

    /// One event and its frame, then what the jobs that it started say.
    private mutating func perform(_ event: Event) {
        let start = ContinuousClock.now
        let effects = app.update(event, now: now)
        var surface = Surface(size: Self.size)
        app.draw(into: &surface, now: now)
        consume(surface)
        slowestFrame = max(slowestFrame, (ContinuousClock.now - start).nanoseconds)
        for effect in effects {
            switch effect {
            case .run(let id, .identities): listing = id
            case .run(let id, .detectCaller): perform(.answer(id, .caller(Self.caller), isLast: true))
            case .run(let id, .arrange(let input, let earlier)):
                let start = ContinuousClock.now
                let arranged = IdentityArrangement(input, after: earlier)
                slowestJob = max(slowestJob, (ContinuousClock.now - start).nanoseconds)
                perform(.answer(id, .arranged(arranged), isLast: true))
            case .discard(let discarded): discarded.empty()
            default: break
            }
        }
    }

    private static let caller: DetectedCaller = {
        let endpoint = STSEndpoint(url: "https://sts.amazonaws.com", signingRegion: "us-east-1", origin: "the bench")
        let arn = ARN("arn:aws:sts::100000000000:assumed-role/billing-dev-0/session")!
        return DetectedCaller(
            resolution: CredentialResolution(
                credentials: nil, reports: [], profile: ProfileChoice(name: "default", reason: .fallback)),
            region: nil, endpoint: endpoint,
            answer: CallerAnswer(
                identity: CallerIdentity(account: "100000000000", arn: arn, userID: "AROAEXAMPLE:session"),
                requestID: "", endpoint: endpoint, serverDate: nil, clockDifference: nil, elapsed: .zero),
            findings: [])
    }()
}

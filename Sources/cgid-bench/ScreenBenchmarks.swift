import Chainguard
import FoundationEssentials
import Screens
import TerminalUI

/// The app through its public doors: events in, frames out.
enum ScreenBenchmarks {
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)
    private static let size = Size(120, 40)

    static var all: [Benchmark] {
        [
            Benchmark(name: "screens: a key and its frame, 120x40", budget: 2_000_000) { count in
                var app = listing(identities: 50)
                for number in 0..<count {
                    consume(app.update(key(.character(number % 2 == 0 ? "j" : "k")), now: now))
                    consume(frame(of: app))
                }
            },
            Benchmark(name: "screens: filter 100,000 identities, a key", budget: 8_000_000) { count in
                var app = hundredThousand
                _ = app.update(key(.character("/")), now: now)
                for number in 0..<count {
                    let next: Key.Code = number % 8 < 4 ? .character(Array("role")[number % 4]) : .backspace
                    consume(app.update(key(next), now: now))
                    consume(frame(of: app))
                }
            },
        ]
    }

    private static let hundredThousand = listing(identities: 100_000)

    private static func listing(identities count: Int) -> App {
        var app = App(options: AppOptions(), size: size)
        let effects = app.update(.start, now: now) + app.update(key(.character("2")), now: now)
        for case .run(let id, .identities) in effects {
            let answer = Answer.identities((0..<count).map(identity), total: count, complete: true)
            arrange(app.update(.answer(id, answer, isLast: true), now: now), in: &app)
        }
        return app
    }

    /// A large list is shown only when the job that arranges it has answered.
    private static func arrange(_ effects: [Effect], in app: inout App) {
        for case .run(let id, .arrange(let input, let earlier)) in effects {
            let arranged = Answer.arranged(IdentityArrangement(input, after: earlier))
            consume(app.update(.answer(id, arranged, isLast: true), now: now))
        }
    }

    private static func identity(_ number: Int) -> AssumableIdentity {
        let root = "0123456789abcdef0123456789abcdef01234567"
        let segment = String(number, radix: 16)
        let uid = UIDP("\(root)/\(String(repeating: "0", count: 16 - segment.count))\(segment)")!
        let account = String(100_000_000_000 + number)
        return AssumableIdentity(
            uid: uid, name: "deploy-\(number % 977)-role-\(number)", description: "for team \(number % 31)",
            relationship: .aws(
                AWSRelationship(
                    account: account, arn: .pattern("^arn:aws:sts::\(account):assumed-role/Role\(number % 97)/(.+)$"),
                    userID: .pattern("^AROA[A-Z0-9]+:(.+)$"))))
    }

    private static func key(_ code: Key.Code) -> Event { .input(.key(Key(code))) }

    private static func frame(of app: App) -> Surface {
        var surface = Surface(size: size)
        app.draw(into: &surface, now: now)
        return surface
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// The states that the golden screens show.
enum Scenes {
    typealias Scene = GoldenTests.Scene

    static let all: [Scene] =
        caller + identities + wizard + token + login + repositories + others + rare + unfinished + browsing

    static func unfinished(_ size: Size) -> Driver {
        var driver = Driver(size: size)
        driver.answer(.caller, .caller(Fixtures.detected))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        driver.answer(.groups, .groups(Fixtures.groups))
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone, Fixtures.unknown]))
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone, Fixtures.unknown]))
        return driver
    }

    private static let browsing: [Scene] = [
        Scene(name: "identities-menu") { size in
            var driver = Driver.identities(size: size)
            driver.press("f", " ", "j", "j", " ")
            return driver
        },
        Scene(name: "identities-narrowed") { size in
            var driver = Driver.identities(size: size)
            driver.press("f", "j", " ", "Enter", " ")
            return driver
        },
        Scene(name: "identities-tree") { size in
            var driver = Driver.identities(size: size)
            driver.press("v", "j", "j")
            return driver
        },
        Scene(name: "identities-remembered") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            let saved = Fixtures.now.addingTimeInterval(-7200)
            driver.answer(
                .identities, .identitiesRemembered(Fixtures.identities, total: 5, saved: saved), isLast: false)
            driver.wait(.milliseconds(600))
            return driver
        },
        Scene(name: "identities-terraform") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "Enter", "]", "]")
            driver.wait(.milliseconds(300))
            driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
            return driver
        },
        Scene(name: "edit") { size in
            var driver = EditTests.editing(size: size)
            driver.press("Tab", "Tab")
            driver.type("(")
            return driver
        },
        Scene(name: "edit-review") { size in
            var driver = EditTests.editing(size: size)
            driver.press("Tab", "Tab", "Backspace", "Enter", "Enter", "Enter")
            return driver
        },
        Scene(name: "bindings") { EditTests.roles(size: $0) },
        Scene(name: "bindings-place") { size in
            var driver = EditTests.roles(size: size)
            driver.press("b", " ", "Enter")
            return driver
        },
        Scene(name: "bindings-bind") { size in
            var driver = EditTests.roles(size: size)
            driver.press("b", " ", "Enter")
            driver.press("Enter")
            return driver
        },
        Scene(name: "bindings-unbind") { size in
            var driver = EditTests.roles(size: size)
            driver.press("d")
            return driver
        },
        Scene(name: "identities-delete-marked") { size in
            var driver = Driver.identities(size: size)
            driver.press("*", "d")
            return driver
        },
    ]

    private static let unfinished: [Scene] = [
        Scene(name: "unfinished") { unfinished($0) },
        Scene(name: "unfinished-undo") { size in
            var driver = unfinished(size)
            driver.press("j", "u")
            return driver
        },
        Scene(name: "unfinished-continued") { size in
            var driver = unfinished(size)
            driver.press("c")
            creation(&driver, .check, .done("the identity is there already, the roles exist"), 40)
            creation(&driver, .create, .done("\(Fixtures.deploy.uid) was created before"), 0)
            creation(&driver, .bind(Fixtures.viewer), .done("at \(Fixtures.acme.uid)"), 80)
            let created = CreatedIdentity(identity: Fixtures.deploy, roles: [Fixtures.pull, Fixtures.viewer])
            driver.answer(.creation, .created(created))
            return driver
        },
    ]

    private static let caller: [Scene] = [
        Scene(name: "caller") { Driver.signedIn(size: $0) },
        Scene(name: "caller-loading") { size in
            var driver = Driver(size: size)
            driver.answer(.caller, .callerProgress(.report(Fixtures.reports[0])), isLast: false)
            driver.answer(.caller, .callerProgress(.asking(.imds)), isLast: false)
            driver.wait(.milliseconds(400))
            return driver
        },
        Scene(name: "caller-nobody") { size in
            var driver = Driver(size: size)
            driver.answer(.caller, .caller(Fixtures.nobody))
            driver.answer(.subject, .subject(nil))
            return driver
        },
        Scene(name: "caller-refused") { size in
            var driver = Driver(size: size)
            driver.answer(.caller, .caller(Fixtures.refused))
            return driver
        },
        Scene(name: "caller-roles") { size in
            var driver = Driver(options: AppOptions(profile: "deploy"), size: size)
            driver.answer(.caller, .caller(Fixtures.chained))
            return driver
        },
        Scene(name: "caller-roles-scrolled") { size in
            var driver = Driver(options: AppOptions(profile: "deploy"), size: size)
            driver.answer(.caller, .caller(Fixtures.chained))
            driver.press("PgDn")
            return driver
        },
        Scene(name: "caller-hostile") { size in
            var driver = Driver(size: size)
            driver.answer(.caller, .caller(Fixtures.hostileCaller))
            return driver
        },
        Scene(name: "caller-profiles") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("p")
            driver.answer(.profiles, .profiles(Fixtures.profiles))
            driver.press("Down", "Down")
            return driver
        },
        Scene(name: "caller-sandbox-read-only") {
            Driver.signedIn(options: AppOptions(isSandbox: true, isReadOnly: true), size: $0)
        },
    ]

    private static let identities: [Scene] = [
        Scene(name: "identities") { size in
            var driver = Driver.identities(size: size)
            if size.width > 100 {
                driver.press("j", "j", "j")
                driver.wait(.milliseconds(300))
                driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
            }
            return driver
        },
        Scene(name: "identities-loading") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            driver.wait(.milliseconds(1200))
            return driver
        },
        Scene(name: "identities-empty") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            driver.answer(.identities, .identities([], total: 0, complete: true))
            return driver
        },
        Scene(name: "identities-error") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            driver.answer(.identities, .failed(notAllowed))
            return driver
        },
        Scene(name: "identities-filter") { size in
            var driver = Driver.identities(size: size)
            driver.press("/")
            driver.type("prod")
            return driver
        },
        Scene(name: "identities-detail-no-match") { size in
            var driver = Driver.identities(size: size)
            driver.press("Enter")
            driver.wait(.milliseconds(300))
            driver.answer(.bindings, .bindings(Fixtures.admin.uid, []))
            return driver
        },
        Scene(name: "identities-hostile") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            driver.answer(.identities, .identities(hostile, total: 3, complete: true))
            return driver
        },
        Scene(name: "identities-delete") { size in
            var driver = Driver.identities(size: size)
            driver.press("d")
            driver.answer(.bindings, .bindings(Fixtures.admin.uid, [Fixtures.binding]))
            driver.type("admin")
            return driver
        },
    ]

    private static let token: [Scene] = [
        Scene(name: "token-none") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("3")
            return driver
        },
        Scene(name: "token") { tokenDriver($0) },
        Scene(name: "token-signature") { size in
            var driver = tokenDriver(size)
            driver.press("Down", "Down", "Down")
            for _ in 0..<8 { driver.press("Right") }
            return driver
        },
        Scene(name: "token-loading") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "t")
            driver.wait(.milliseconds(400))
            return driver
        },
        Scene(name: "token-error") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "t")
            driver.answer(.token, .failed(notSigned))
            return driver
        },
        Scene(name: "token-expired") { size in
            var driver = tokenDriver(size)
            driver.wait(.seconds(16 * 60))
            driver.press("Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab")
            return driver
        },
        Scene(name: "token-canonical") { size in
            var driver = tokenDriver(size)
            driver.press("Down", "Tab")
            return driver
        },
        Scene(name: "token-checklist") { size in
            var driver = tokenDriver(size)
            driver.press("Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab")
            return driver
        },
        Scene(name: "token-other-proof") { size in
            var driver = token(of: federated, size)
            driver.press("Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab")
            return driver
        },
        Scene(name: "token-pasted") { size in
            var driver = tokenDriver(size)
            driver.press("p")
            driver.send(.input(.paste("Bearer " + Fixtures.token().text.reveal())))
            return driver
        },
        Scene(name: "token-hostile") { size in
            var driver = tokenDriver(size)
            driver.press("p")
            driver.send(.input(.paste(hostileToken)))
            driver.press("Shift-Tab", "Shift-Tab")
            if size.width < 100 { driver.press("Shift-Tab", "Shift-Tab") }
            driver.press("G")
            return driver
        },
        Scene(name: "token-recipe") { size in
            var driver = tokenDriver(size)
            driver.press("e")
            return driver
        },
        Scene(name: "token-recipe-curl") { size in
            var driver = tokenDriver(size)
            driver.press("e", "e")
            return driver
        },
        Scene(name: "token-copy") { size in
            var driver = tokenDriver(size)
            driver.press("y")
            return driver
        },
    ]

    static let notSigned = Failure(
        "The AWS credentials expired at 2026-11-23T11:00:00Z", remedy: "Renew them, for instance with aws sso login",
        category: .noCredentials)

    /// A request that tries everything a terminal obeys.
    static let hostileToken =
        "POST /\u{1B}[2J?x=\u{9B}31m HTTP/1.1\r\nHost: \u{202E}moc.swanozama.sts\r\nAuthorization: AWS4-HMAC-SHA256 "
        + "Credential=\u{1B}]0;a/b/c/d/e, SignedHeaders=host;\u{7}, Signature=0123456789abcdef\r\n"
        + "X-Amz-Security-Token: not-a-real-session-token\r\n\r\nbody \u{1B}[31m\r\n漢字\n"

    static func token(of identity: AssumableIdentity, _ size: Size) -> Driver {
        var driver = Driver.signedIn(size: size)
        driver.press("2")
        driver.answer(.identities, .identities([identity], total: 1, complete: true))
        driver.press("t")
        driver.answer(.token, .token(Fixtures.token(for: identity.uid)))
        return driver
    }

    static func tokenDriver(_ size: Size, options: AppOptions = AppOptions()) -> Driver {
        var driver = Driver.identities(options: options, size: size)
        driver.press("j", "j", "t")
        driver.answer(.token, .token(Fixtures.token()))
        return driver
    }

    private static let repositories: [Scene] = [
        Scene(name: "repositories") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            driver.answer(.repositories, .repositories(Fixtures.repositories))
            driver.wait(.milliseconds(300))
            if size.width > 100 { driver.answer(.tags, .tags(Fixtures.nginx.id, Fixtures.tags)) }
            return driver
        },
        Scene(name: "repositories-tags") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            driver.answer(.repositories, .repositories(Fixtures.repositories))
            driver.press("Enter")
            driver.wait(.milliseconds(300))
            driver.answer(.tags, .tags(Fixtures.nginx.id, Fixtures.tags))
            return driver
        },
        Scene(name: "repositories-empty") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            driver.answer(.repositories, .repositories([]))
            return driver
        },
        Scene(name: "repositories-not-allowed") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            driver.answer(.repositories, .failed(notAllowed))
            return driver
        },
    ]

    /// What most people see for a moment only, and what a server might send.
    private static let rare: [Scene] = [
        Scene(name: "identities-growing") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("2")
            driver.answer(.identities, .identities(Fixtures.identities, total: 40, complete: false), isLast: false)
            driver.wait(.milliseconds(700))
            return driver
        },
        Scene(name: "repositories-loading") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            driver.wait(.milliseconds(1200))
            return driver
        },
        Scene(name: "repositories-hostile") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("5")
            let names = hostile.map(\.name) + ["שלום-world", "👩‍👩‍👧 family", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}"]
            let all = names.enumerated().map { index, name in
                ImageRepository(id: Fixtures.uid("00000000000000d\(index)"), name: name, catalogTier: "\u{1B}[7mBASE")
            }
            driver.answer(.repositories, .repositories(all))
            driver.press("Enter")
            driver.wait(.milliseconds(300))
            if let id = driver.app.repositories.shownID {
                let tags = names.map {
                    ImageTag(id: id, name: $0, digest: "sha256:\u{9B}2J", lastUpdated: Fixtures.now)
                }
                driver.answer(.tags, .tags(id, tags))
            }
            return driver
        },
        Scene(name: "bindings-loading") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "b")
            driver.wait(.milliseconds(400))
            return driver
        },
        Scene(name: "bindings-empty") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "b")
            driver.answer(.roles, .roles(Fixtures.roles))
            driver.answer(.bindings, .bindings(Fixtures.deploy.uid, []))
            return driver
        },
        Scene(name: "bindings-error") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "b")
            driver.answer(.roles, .roles(Fixtures.roles))
            driver.answer(.bindings, .failed(notAllowed))
            driver.press("y")
            return driver
        },
        Scene(name: "unfinished-empty") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("U")
            driver.answer(.pendingCreations, .pendingCreations([]))
            return driver
        },
        Scene(name: "messages-empty") { size in
            var driver = Driver(size: size)
            driver.press("6")
            return driver
        },
    ]

    private static let others: [Scene] = [
        Scene(name: "messages") { size in
            var driver = Driver.identities(size: size)
            driver.press("r")
            driver.answer(.identities, .failed(notAllowed))
            driver.press("6")
            return driver
        },
        Scene(name: "help") { size in
            var driver = Driver.identities(size: size)
            driver.press("?")
            return driver
        },
        Scene(name: "palette") { size in
            var driver = Driver.signedIn(size: size)
            driver.press(":")
            driver.type("token")
            return driver
        },
        Scene(name: "prompt") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("6", "w", "^U", "Enter")
            return driver
        },
    ]

    static let notAllowed = Failure(
        "Listing identities was refused", remedy: "Ask for a role with the capability identity.list",
        detail: "PermissionDenied: not authorized", category: .notAllowed)
    static let noMatch = Failure(
        "Chainguard does not let this caller be that identity",
        remedy: "Compare the fields below, then mend the identity or use another role",
        detail: "PermissionDenied: identity does not match", category: .notAllowed)

    /// Names as a hostile server might send them: escapes, a bidi override, wide and combining characters.
    static let hostile = ["\u{1B}[2Jgone\u{07}", "a\u{202E}b\nc", "漢字\u{0301}🧑‍💻"].enumerated().map {
        index, name in
        AssumableIdentity(
            uid: Fixtures.uid("00000000000000c\(index)"), name: name, description: "\u{9B}31m\u{200B}",
            relationship: Fixtures.awsRole("x\u{1B}]0;title\u{07}"))
    }

    // MARK: The wizard

    private static let wizard: [Scene] = [
        Scene(name: "wizard-who") { wizard($0, steps: 0) },
        Scene(name: "wizard-problem") { size in
            var driver = wizard(size, steps: 0)
            driver.press("Tab", "Tab", "^U")
            driver.type("12345")
            return driver
        },
        Scene(name: "wizard-federation") { federation($0) },
        Scene(name: "wizard-federation-review") { size in
            var driver = federation(size)
            driver.answer(.federation, .federation(Fixtures.federation))
            driver.press("Enter", "Enter", "Enter", "Enter", "Enter", "Enter", " ", "Enter")
            return driver
        },
        Scene(name: "wizard-naming") { wizard($0, steps: 1) },
        Scene(name: "wizard-roles") { wizard($0, steps: 2) },
        Scene(name: "wizard-review") { wizard($0, steps: 3) },
        Scene(name: "wizard-terraform") { size in
            var driver = wizard(size, steps: 3)
            driver.press("Right", "Right", "Right")
            if size.width > 100 { driver.press("Right", "Right") }
            return driver
        },
        Scene(name: "wizard-created") { size in
            var driver = wizard(size, steps: 3)
            driver.press("c")
            let done: [IdentityCreation.Step] = [.check, .create, .bind(Fixtures.pull), .readBack, .testMatch]
            for step in done { creation(&driver, step, .done(""), 21) }
            let created = CreatedIdentity(
                identity: Fixtures.deploy, roles: [Fixtures.pull],
                verdict: AWSRelationship.verdict(of: Fixtures.deploy))
            driver.answer(.creation, .created(created))
            return driver
        },
        Scene(name: "wizard-failed") { size in
            var driver = wizard(size, steps: 3)
            driver.press("c")
            creation(&driver, .check, .done("name free"), 40)
            creation(&driver, .create, .failed(notAllowed), 80)
            driver.answer(.creation, .failed(notAllowed))
            return driver
        },
    ]

    static func creation(
        _ driver: inout Driver, _ step: IdentityCreation.Step, _ state: IdentityCreation.State, _ milliseconds: Int
    ) {
        let update = IdentityCreation.StepUpdate(step: step, state: state, elapsed: .milliseconds(milliseconds))
        driver.answer(.creation, .creationStep(update), isLast: false)
    }

    /// The wizard for outbound federation, STS asked.
    static func federation(_ size: Size) -> Driver {
        var driver = wizard(size, steps: 0)
        driver.press("Right", "Right", "^T")
        return driver
    }

    /// The wizard, filled in from the caller, gone on by so many steps.
    static func wizard(_ size: Size, steps: Int) -> Driver {
        var driver = Driver.signedIn(size: size)
        driver.press("n")
        driver.answer(.roles, .roles(Fixtures.roles))
        if steps > 0 { driver.press("Enter", "Enter", "Enter", "Enter", "Enter") }
        if steps > 1 { driver.press("Enter", "Enter", "Enter") }
        if steps > 2 { driver.press(" ", "Enter") }
        return driver
    }
}

extension AWSRelationship {
    static func verdict(of identity: AssumableIdentity) -> MatchVerdict? {
        guard case .aws(let aws) = identity.relationship else { return nil }
        return aws.verdict(for: CallerValues(Fixtures.caller))
    }
}

import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Screens

/// Anything may be pressed at any time: nothing crashes, and every frame can be drawn.
@Suite struct RandomKeyTests {
    /// `CGID_FUZZ_COUNT` events on each screen; a few hundred unless it says more.
    private static let count = ProcessInfo.processInfo.environment["CGID_FUZZ_COUNT"].flatMap(Int.init) ?? 800

    @Test(arguments: Screen.allCases)
    func thousandsOfEventsDoNoHarm(_ screen: Screen) {
        var dice = SeededGenerator(seed: UInt64(screen.rawValue) + 1)
        var driver = Self.begin(on: screen)
        for step in 0..<Self.count {
            if driver.app.hasQuit { driver = Self.begin(on: screen) }
            act(&driver, &dice)
            if step % 7 == 0 { _ = driver.text() }
            #expect(driver.pending.count <= 12)
        }
        // Wherever that led: it is not stuck. ^C closes what is open, cancels what runs, and leaves.
        driver.resize(to: Size(100, 30))
        for _ in 0..<6 where !driver.app.hasQuit { driver.press("^C") }
        #expect(driver.app.hasQuit)
    }

    /// The screens without a tab are reached as a person reaches them.
    private static func begin(on screen: Screen) -> Driver {
        var driver = Driver.identities(size: Size(100, 30))
        switch screen {
        case .wizard: driver.press("n")
        case .unfinished: driver.press("U")
        case .edit: driver.press("e")
        case .bindings: driver.press("b")
        default: driver.press("\((Screen.tabs.firstIndex(of: screen) ?? 0) + 1)")
        }
        return driver
    }

    private func act(_ driver: inout Driver, _ dice: inout SeededGenerator) {
        switch Int.random(in: 0..<100, using: &dice) {
        case ..<70: driver.send(.input(.key(key(&dice))))
        case ..<73: driver.send(.input(.paste("paste\u{1B}[2J\n漢字 12")))
        case ..<76: driver.resize(to: Size(Int.random(in: 1..<180, using: &dice), Int.random(in: 1..<60, using: &dice)))
        case ..<80: driver.wait(.milliseconds(Int.random(in: 0..<500, using: &dice)))
        case ..<82:
            let point = Point(Int.random(in: -1..<130, using: &dice), Int.random(in: -1..<40, using: &dice))
            let action: MouseEvent.Action = Bool.random(using: &dice) ? .click : .wheelDown
            driver.send(.input(.mouse(MouseEvent(action, at: point))))
        default: answer(&driver, &dice)
        }
    }

    private func key(_ dice: inout SeededGenerator) -> Key {
        let letters = Array("abcdefghijklmnopqrstuvwxyzGPY0123456789?:/[] é漢")
        let others: [Key.Code] = [
            .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown, .control("c"), .control("u"), .control("d"), .control("l"), .control("z"), .function(1),
        ]
        if Int.random(in: 0..<2, using: &dice) == 0 {
            return Key(.character(letters.randomElement(using: &dice) ?? "a"))
        }
        return Key(others.randomElement(using: &dice) ?? .enter, alt: Int.random(in: 0..<20, using: &dice) == 0)
    }

    /// One of the pending jobs is answered: well, badly, or for the second time.
    private func answer(_ driver: inout Driver, _ dice: inout SeededGenerator) {
        guard let job = driver.pending.randomElement(using: &dice)?.job else {
            driver.send(.answer(EffectID(rawValue: 1), .identities([], total: 3, complete: false), isLast: false))
            return
        }
        if Int.random(in: 0..<5, using: &dice) == 0 {
            driver.answer(job.question, .failed(Scenes.notAllowed))
        } else {
            driver.answer(job.question, good(job))
        }
    }

    private func good(_ job: Job) -> Answer {
        switch job {
        case .detectCaller: .caller(Fixtures.detected)
        case .profiles: .profiles(Fixtures.profiles)
        case .subject: .subject(Fixtures.operatorSubject)
        case .identities: .identities(Fixtures.identities, total: 7, complete: true)
        case .arrange(let input, let earlier): .arranged(IdentityArrangement(input, after: earlier))
        case .groups: .groups(Fixtures.groups)
        case .roles: .roles(Fixtures.roles)
        case .bindings(let uid, _): .bindings(uid, [Fixtures.binding])
        case .create, .resume: .created(CreatedIdentity(identity: Fixtures.deploy, roles: []))
        case .update: .updated(Fixtures.deploy)
        case .bind(let uid, _, _, _): .bindings(uid, [Fixtures.binding])
        case .unbind(let binding, _): .bindings(binding.identity.uid, [])
        case .pendingCreations: .pendingCreations([Fixtures.halfDone, Fixtures.unknown])
        case .undo(let pending, _): .creationDropped(pending, wasUndone: true)
        case .forget(let pending): .creationDropped(pending, wasUndone: false)
        case .token(let uid, _): .token(Fixtures.token(for: uid))
        case .login: .loggedIn(Fixtures.assumed)
        case .repositories: .repositories(Fixtures.repositories)
        case .tags(let id, _): .tags(id, Fixtures.tags)
        case .deleteIdentity(let uid, _): .deleted(uid)
        case .deleteIdentities(let uids, _): .deletedMany(uids)
        case .federation: .federation(Fixtures.federation)
        case .keptDraft: .keptDraft(nil)
        case .keepDraft: .draftKept
        case .save(let file): file.replaces ? .saved(file.path) : .fileExists(file)
        case .saveBundle(_, let path): .saved(path)
        }
    }
}

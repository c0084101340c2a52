import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// What takes time in proportion to the list is a job when the list is large; until its answer the last list is shown.
@Suite struct LargeListTests {
    private static let count = IdentityArrangement.atOnce + 200

    /// `service-0000` and on, every tenth one for this host's caller, in two folders.
    private static let large: [AssumableIdentity] = (0..<count).map { number in
        let digits = String(String(number + 10_000).dropFirst())
        let folder = Fixtures.groups[number % 2].uid
        return AssumableIdentity(
            uid: UIDP("\(folder)/000000000000\(digits)")!, name: "service-\(digits)",
            relationship: number % 10 == 0 ? Fixtures.deploy.relationship : Fixtures.admin.relationship,
            lastSeen: Fixtures.now.addingTimeInterval(-Double(number)))
    }

    private func listed(_ all: [AssumableIdentity] = large) -> Driver {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities(all, total: all.count, complete: true))
        driver.arrange()
        return driver
    }

    /// The names in the table, from the top.
    private func names(_ driver: Driver) -> [String] {
        driver.text().split(separator: "\n").compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("service-") }.map(String.init)
        }
    }

    @Test func theListIsArrangedAsAJobAndShownWhenThatIsDone() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities(Self.large, total: Self.count, complete: true))
        #expect(driver.text().contains("Reading the list …"))
        driver.arrange()
        #expect(names(driver).first == "service-0000")
        #expect(driver.text().contains("\(Self.count) identities"))
    }

    @Test(arguments: [("s", "s"), ("S", ""), ("m", ""), ("v", ""), ("c", "")])
    func theLastListIsShownUntilTheNewOneIsThere(_ keys: (first: String, second: String)) {
        var driver = listed()
        driver.press("G")
        let before = names(driver)
        driver.press(keys.first)
        if !keys.second.isEmpty { driver.press(keys.second) }
        // What narrows the list is named in a line of its own, in the place of a row.
        #expect(before.suffix(names(driver).count) == names(driver)[...])
        #expect(driver.pending.filter { $0.job.question == .arrangement }.count == 1)
        driver.arrange()
        #expect(driver.job(.arrangement) == nil)
        #expect(names(driver) != before, "\(driver.text())")
    }

    @Test func whatWasChosenBackAgainNeedsNoJob() {
        var driver = listed()
        driver.press("S", "S")
        #expect(driver.job(.arrangement) == nil)
        #expect(names(driver).first == "service-0000")
    }

    @Test func theFilterNarrowsAtOnceWhileTheListIsArranged() {
        var driver = listed()
        driver.press("S", "/")
        driver.type("0042")
        #expect(names(driver).first == "service-0042" && !names(driver).contains("service-0001"))
        driver.arrange()
        #expect(names(driver).first == "service-0042" && !names(driver).contains("service-0001"))
    }

    @Test func marksAndCursorMoveWithARefreshedList() {
        var driver = listed()
        driver.press("j", " ", "r")
        driver.answer(.identities, .identities(Array(Self.large.dropFirst()), total: Self.count - 1, complete: true))
        driver.press(" ")
        driver.arrange()
        let text = driver.text()
        #expect(text.contains("2 marked") && text.contains("✓ service-0001") && text.contains("✓ service-0002"))
        #expect(text.contains("▸ service-0003"), "\(text)")
        driver.press("d")
        #expect(driver.text().contains("Type delete 2 to confirm"))
    }

    @Test func theCountChangesWithTheRows() {
        var driver = Driver.signedIn()
        driver.press("2")
        let kept = Answer.identitiesRemembered(Self.large, total: Self.count, saved: Fixtures.now)
        driver.answer(.identities, kept, isLast: false)
        #expect(!driver.text().contains("identities as of"))
        driver.arrange()
        #expect(driver.text().contains("\(Self.count) identities as of"))
        driver.answer(.identities, .identities(Array(Self.large.dropFirst()), total: Self.count - 1, complete: true))
        #expect(driver.text().contains("\(Self.count) identities as of") && names(driver).first == "service-0000")
        driver.arrange()
        #expect(names(driver).first == "service-0001")
        #expect(driver.text().contains("\(Self.count - 1) identities") && !driver.text().contains("as of"))
    }

    @Test func whatIsDeletedIsMarkedNoLonger() {
        var driver = listed()
        driver.press("*", "d")
        driver.type("delete \(Self.count)")
        driver.press("Enter", "Enter")
        driver.answer(.deletion, .deletedMany(Self.large.dropLast(3).map(\.uid)))
        driver.press(" ")
        #expect(driver.text().contains("3 marked") || driver.text().contains("2 marked"))
    }

    @Test func pagesThatArriveAreAddedAFewTimesASecond() {
        var driver = Driver.signedIn()
        driver.press("2")
        let half = Array(Self.large.prefix(Self.count - 100))
        driver.answer(.identities, .identities(half, total: Self.count, complete: false), isLast: false)
        driver.arrange()
        driver.answer(
            .identities, .identities(Array(Self.large.prefix(Self.count - 50)), total: Self.count, complete: false),
            isLast: false)
        #expect(driver.job(.arrangement) == nil)
        driver.wait(.milliseconds(310))
        driver.arrange()
        driver.press("G")
        #expect(names(driver).last == Self.large[Self.count - 51].name)
        driver.answer(.identities, .identities(Self.large, total: Self.count, complete: true))
        driver.arrange()
        driver.press("G")
        #expect(names(driver).last == Self.large[Self.count - 1].name)
    }

    @Test func leavingStopsTheJobAndComingBackAsksAgain() {
        var driver = listed()
        driver.press("S", "1")
        #expect(driver.job(.arrangement) == nil)
        driver.press("2")
        driver.arrange()
        #expect(names(driver).first == Self.large[Self.count - 1].name)
    }

    @Test func aLargeListIsFreedOutsideTheLoop() {
        var driver = listed()
        driver.press("S")
        let before = driver.effects.count
        driver.arrange()
        let isFreed = driver.effects[before...].contains { if case .discard = $0 { true } else { false } }
        #expect(isFreed)
    }
}

import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// The Login screen, and choosing whom to be.
extension Scenes {
    static let login: [Scene] = [
        Scene(name: "login-none") { size in
            var driver = Driver.signedIn(size: size)
            driver.press("4")
            return driver
        },
        Scene(name: "login-running") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "l")
            stage(&driver, .credentials, .done("from EC2 instance metadata (IMDS)"), 14)
            stage(&driver, .signing, .done("for sts.amazonaws.com"), 1)
            stage(&driver, .exchange, .running, 0)
            driver.wait(.milliseconds(640))
            return driver
        },
        Scene(name: "login-done") { size in
            var driver = Driver.identities(size: size)
            driver.press("j", "j", "l")
            for (index, done) in LoginStage.allCases.enumerated() { stage(&driver, done, .done(""), index * 30) }
            driver.answer(.login, .loggedIn(Fixtures.assumed))
            driver.answer(.groups, .groups(Fixtures.groups))
            return driver
        },
        Scene(name: "login-no-match") { size in
            var driver = Driver.identities(size: size)
            driver.press("l")
            stage(&driver, .credentials, .done(""), 10)
            stage(&driver, .signing, .done(""), 1)
            stage(&driver, .exchange, .failed(noMatch), 120)
            driver.answer(.login, .failed(noMatch))
            return driver
        },
        Scene(name: "login-identities") { size in choosing(size, lastUsed: Fixtures.github) },
        Scene(name: "login-identities-nobody") { size in
            var driver = Driver(options: remembering(Fixtures.deploy), size: size)
            driver.answer(.caller, .caller(Fixtures.detected))
            driver.answer(.subject, .subject(nil))
            driver.press("4", "Enter")
            return driver
        },
        Scene(name: "login-web-identity") { size in
            var driver = choosing(size, lastUsed: federated)
            driver.press("Enter", "Enter")
            return driver
        },
    ]

    /// It trusts tokens of AWS outbound federation.
    static let federated = AssumableIdentity(
        uid: Fixtures.uid("0000000000000006"), name: "deploy-jwt",
        relationship: .claimMatch(
            ClaimMatch(
                issuer: .exact(Fixtures.federation.issuer), subject: .exact(Fixtures.federation.subject), claims: [:])))

    private static func remembering(_ identity: AssumableIdentity) -> AppOptions {
        var options = AppOptions()
        options.memory.identity = Memory.Identity(
            api: options.endpoints.api, uid: identity.uid, name: identity.name)
        return options
    }

    /// The Login screen with the list of identities open.
    static func choosing(_ size: Size, lastUsed: AssumableIdentity) -> Driver {
        var driver = Driver.signedIn(options: remembering(lastUsed), size: size)
        driver.press("4", "Enter")
        let other = AssumableIdentity(
            uid: Fixtures.uid("0000000000000007"), name: "billing",
            relationship: Fixtures.awsRole("billing", account: "210987654321"))
        let all = Fixtures.identities + [federated, other]
        driver.answer(.identities, .identities(all, total: all.count, complete: true))
        return driver
    }

    static func stage(_ driver: inout Driver, _ stage: LoginStage, _ state: LoginFlow.State, _ milliseconds: Int) {
        let update = LoginFlow.StageUpdate(stage: stage, state: state, elapsed: .milliseconds(milliseconds))
        driver.answer(.login, .loginStage(update), isLast: false)
    }
}

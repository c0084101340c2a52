import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// Changing an identity and its role bindings from the screen.
@Suite struct EditTests {
    static func editing(_ options: AppOptions = AppOptions(), size: Size = Size(80, 24)) -> Driver {
        var driver = Driver.identities(options: options, size: size)
        driver.press("j", "j", "e")
        return driver
    }

    static func roles(size: Size = Size(80, 24)) -> Driver {
        var driver = Driver.identities(size: size)
        driver.press("j", "j", "b")
        driver.answer(.roles, .roles(Fixtures.roles))
        driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
        return driver
    }

    @Test func whatChangesIsShownBeforeItIsChanged() {
        var driver = Self.editing()
        #expect(driver.text().contains("Edit deploy-prod"))
        driver.press("^U")
        driver.type("Deploys")
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter")
        let text = driver.text()
        #expect(text.contains("- Deploys to production") && text.contains("+ Deploys"), "\(text)")
        #expect(text.contains("update_mask=description"))
        #expect(driver.job(.change) == nil)
        driver.press("s")
        let patch = IdentityPatch(description: "Deploys")
        #expect(driver.job(.change) == .update(Fixtures.deploy.uid, patch, as: .standard))
        var changed = Fixtures.deploy
        changed.description = "Deploys"
        driver.answer(.change, .updated(changed))
        #expect(driver.app.screen == .identities)
        #expect(driver.text().contains("deploy-prod is changed"))
        #expect(driver.app.workspace.identity(changed.uid)?.description == "Deploys")
    }

    @Test func anIllegalPatternIsToldWhileItIsTypedAndHoldsUp() {
        var driver = Self.editing()
        driver.press("Tab", "Tab")
        driver.type("(")
        #expect(driver.text().contains("error parsing regexp"), "\(driver.text())")
        driver.press("Enter", "Enter", "Enter")
        #expect(driver.text().contains("Description and patterns"))
    }

    @Test func aPatternThatShutsThisCallerOutIsToldBefore() {
        var driver = Self.editing(size: Size(120, 40))
        driver.press("Tab", "Tab", "^U")
        driver.type("^arn:aws:sts::123456789012:assumed-role/other/(.+)$")
        driver.press("Enter", "Enter", "Enter")
        #expect(driver.text().contains("This caller does not match: ARN differs"), "\(driver.text())")
    }

    @Test func aRefusalStaysOnTheReview() {
        var driver = Self.editing()
        driver.type("x")
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter", "s")
        driver.answer(.change, .failed(Scenes.notAllowed))
        #expect(driver.app.screen == .edit)
        #expect(driver.text().contains("What would change"))
        driver.press("Esc", "Esc")
        #expect(driver.app.screen == .identities)
    }

    @Test func whatWasTypedIsTakenUpAgain() {
        var driver = Self.editing()
        driver.press("^U")
        driver.type("Deploys")
        driver.press("Esc")
        #expect(driver.app.screen == .identities)
        #expect(driver.text().contains("e takes up again what was typed"), "\(driver.text())")
        driver.press("k", "e", "Esc")
        #expect(!driver.text().contains("takes up again"), "nothing was typed for the other one")
        driver.press("j", "e")
        #expect(driver.text().contains("What was typed before is taken up; ^R starts over"), "\(driver.text())")
        #expect(driver.app.edit.form?.edit.description == "Deploys")
        driver.press("^R")
        #expect(driver.app.edit.form?.edit.description == Fixtures.deploy.description)
        driver.press("Esc", "e")
        #expect(!driver.text().contains("taken up"))
    }

    @Test func whatWasTypedForAnIdentityThatHasChangedSinceIsNotTakenUp() {
        var driver = Self.editing()
        driver.type("x")
        driver.press("Esc", "r")
        var changed = Fixtures.identities
        for index in changed.indices { changed[index].description += "!" }
        driver.answer(.identities, .identities(changed, total: changed.count, complete: true))
        driver.press("e")
        #expect(driver.app.edit.form?.isChanged == false)
        #expect(driver.app.edit.form?.identity.name == Fixtures.deploy.name)
    }

    @Test func rolesAreBoundWhereTheyArePickedToHold() {
        var driver = Self.roles()
        #expect(driver.text().contains("registry.pull") && driver.text().contains("acme.example"))
        driver.press("b", "j", " ", "Enter", "j", "Enter")
        #expect(driver.job(.binding) == nil, "a last look")
        let text = driver.text()
        #expect(text.contains("Roles         viewer") && text.contains("acme.example / platform"), "\(text)")
        driver.press("Enter")
        #expect(driver.app.overlay == nil && driver.job(.binding) == nil)
        #expect(driver.text().contains("where to bind viewer"), "what was picked stays")
        driver.press("Enter", "Tab", "Enter")
        #expect(
            driver.job(.binding)
                == .bind(Fixtures.deploy.uid, [Fixtures.viewer], at: Fixtures.platform, as: .standard))
        driver.answer(.binding, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
        #expect(driver.text().contains("Bound to viewer at platform"))
    }

    @Test func spaceChecksTheMarkedRoleWhileFiltering() {
        var wizard = Scenes.wizard(Size(80, 24), steps: 2)
        var bindings = Self.roles()
        bindings.press("b")
        Self.expectSpaceChecks(&wizard, \.wizard.form.roles)
        Self.expectSpaceChecks(&bindings, \.bindings.roles)
    }

    private static func expectSpaceChecks(_ driver: inout Driver, _ picker: KeyPath<App, RolePicker>) {
        driver.press("/", "r", "Down")
        let marked = driver.app[keyPath: picker].choice.current
        driver.press(" ")
        let choice = driver.app[keyPath: picker].choice
        #expect(marked != nil && choice.selection.current == 1)
        #expect(choice.current == marked && choice.checked == Set([marked].compactMap(\.self)))
        #expect(choice.filter.text == "r" && choice.isFiltering)
        #expect(driver.text().contains("to the list") && !driver.text().contains("next"), "\(driver.text())")
        driver.press("Enter")
        #expect(!driver.app[keyPath: picker].choice.isFiltering)
    }

    @Test func aRoleIsUnboundAfterAQuestion() {
        var driver = Self.roles()
        driver.press("d", "Enter")
        #expect(driver.job(.binding) == nil)
        driver.press("d", "Tab", "Enter")
        #expect(driver.job(.binding) == .unbind(Fixtures.binding, as: .standard))
        driver.answer(.binding, .bindings(Fixtures.deploy.uid, []))
        #expect(driver.text().contains("Bound to no role"))
    }

    @Test func readOnlyShowsBindingsAndChangesNothing() {
        var driver = Self.editing(AppOptions(isReadOnly: true))
        #expect(driver.app.screen == .identities)
        driver.press("b")
        driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
        #expect(driver.text().contains("registry.pull"))
        driver.press("b", "d")
        #expect(driver.app.overlay == nil)
        #expect(!driver.text().contains("which to bind"))
    }
}

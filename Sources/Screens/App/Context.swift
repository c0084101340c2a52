import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// What a screen sees when it updates or draws: everything but the other screens' own state.
struct Context: Sendable {
    var options: AppOptions
    var workspace: Workspace
    var work: Work
    var now: Date
    /// The part of the screen that belongs to the content.
    var content: Rect
    /// The screen that is shown.
    var screen: Screen

    var theme: Theme { options.theme }
    /// Two panes stand side by side from here on.
    var isWide: Bool { content.width >= 108 }
}

/// What a screen asks the app to do.
enum Request: Sendable {
    /// Run the job; leaving the screen cancels it unless it is delicate.
    case run(Job)
    /// Find the caller again; the whole app wants to know, so leaving does not cancel it.
    case detect(probes: Bool)
    /// Stop what is asked for by this question.
    case stop(Job.Question)
    case go(Screen)
    /// Make the identity the one that Token and Login are about, then go there.
    case choose(UIDP, name: String?, then: Screen)
    /// Begin the wizard anew, filled in from the caller where there is one.
    case startWizard
    /// Change the identity: a form, then what would change.
    case edit(AssumableIdentity)
    /// The roles it is bound to.
    case showBindings(AssumableIdentity)
    /// What Esc does.
    case back
    /// Begin the login with the chosen identity, if that screen was reached.
    case startLogin
    case confirm(Confirmation)
    case prompt(Prompt)
    case facets(FacetMenu)
    /// Choose the identity that Token and Login are about, then go there.
    case chooseIdentity(then: Screen)
    case profiles(ProfileMenu)
    case copy(Secret, said: String)
    case say(String)
    case use(Session)
}

extension [Request] {
    /// Go to Login and begin.
    static func logIn(as uid: UIDP, name: String?) -> [Request] {
        [.choose(uid, name: name, then: .login), .startLogin]
    }
}

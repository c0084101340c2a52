/// Everything a person can ask for, whether by key or from the palette.
public enum Command: Hashable, Sendable {
    // Everywhere
    case help, palette, back, leave, interrupt, redraw, suspend, dismiss, refresh, useOperator, nextTheme
    case go(Screen)
    // Caller
    case chooseProfile, probe, copyCaller
    // Identities
    case newIdentity, showToken, logIn, logInWithWebIdentity, deleteIdentity, copyIdentity, filter, narrow, sort, mark,
        markAll, openDetail
    case editIdentity, showBindings, saveRecipe, onlyMatching, onlyUnused, onlyExpired, toggleTree, reverse
    case sortByCloseness
    // Edit, roles of an identity
    case saveChanges, bindRoles, unbindRole
    // Wizard
    case nextStep, nextField, startOver, fetchFederation, nextPane, previousPane, create
    // Unfinished creations
    case continueCreation, undoCreation, forgetCreation
    // Token
    case reveal, copyToken, signAgain, chooseIdentity, examine, recipe, copyRecipe, nextPart, previousPart
    // Messages
    case saveBundle, copyMessage
    // Repositories
    case copyPull, showTags

    /// What it does, as the palette lists it.
    public var title: String {
        switch self {
        case .help: "Show the keys of this screen"
        case .palette: "Find an action"
        case .back: "Go back one level"
        case .leave: "Go back; at the root, quit"
        case .interrupt: "Cancel what is running"
        case .redraw: "Draw the screen anew"
        case .suspend: "Suspend to the shell"
        case .nextTheme: "Change to the next colour theme"
        case .dismiss: "Dismiss the message"
        case .refresh: "Refresh what is shown"
        case .useOperator: "Use the operator's own sign-in again"
        case .go(let screen): "Go to \(screen.title)"
        case .chooseProfile: "Look at another AWS profile"
        case .probe: "Probe every credential source"
        case .copyCaller: "Copy the caller's ARN"
        case .copyMessage: "Copy the message with its request ids"
        case .newIdentity: "Create an identity for this caller"
        case .showToken: "Sign and open a token for the identity"
        case .logIn: "Log in as the identity"
        case .logInWithWebIdentity: "Log in with a web identity token"
        case .deleteIdentity: "Delete the identity"
        case .copyIdentity: "Copy the identity's UIDP, or the pane that is shown"
        case .filter: "Filter the list"
        case .narrow: "Show only some kinds of identities"
        case .mark: "Mark the identity"
        case .markAll: "Mark all that are listed, or none"
        case .sort: "Sort by the next column"
        case .reverse: "Sort the other way round"
        case .sortByCloseness: "Sort by closeness to this caller"
        case .toggleTree: "Show a tree of folders, or one list"
        case .onlyMatching: "Show only what this caller can assume"
        case .onlyUnused: "Show only what was never used"
        case .onlyExpired: "Show only what has expired"
        case .saveRecipe: "Write the pane that is shown to a file"
        case .openDetail: "Open the details"
        case .editIdentity: "Edit the identity"
        case .showBindings: "Show, bind and unbind the identity's roles"
        case .saveChanges: "Save the changes"
        case .saveBundle: "Write a support bundle to a file"
        case .bindRoles: "Bind roles to the identity"
        case .unbindRole: "Unbind the role from the identity"
        case .nextStep: "Take what is filled in and go on"
        case .nextField: "Next field"
        case .fetchFederation: "Ask STS for issuer and subject"
        case .startOver: "Start the wizard over"
        case .nextPane: "Next pane"
        case .previousPane: "Previous pane"
        case .create: "Create the identity"
        case .continueCreation: "Continue the unfinished creation"
        case .undoCreation: "Undo the unfinished creation"
        case .forgetCreation: "Forget the unfinished creation"
        case .reveal: "Reveal or mask the secrets"
        case .copyToken: "Copy the signed token"
        case .signAgain: "Sign a new token"
        case .chooseIdentity: "Choose an identity"
        case .examine: "Examine a pasted token"
        case .recipe: "Show a shell script that makes such a token"
        case .copyRecipe: "Copy the shell script"
        case .nextPart: "Next part of the request"
        case .previousPart: "Previous part of the request"
        case .copyPull: "Copy the pull command"
        case .showTags: "Show the repository's tags"
        }
    }

    /// Every command, in the order of the palette.
    public static let all: [Command] =
        [
            .newIdentity, .showToken, .logIn, .logInWithWebIdentity, .chooseIdentity, .editIdentity, .showBindings,
            .bindRoles, .unbindRole, .saveChanges, .deleteIdentity, .copyIdentity, .copyToken, .signAgain,
            .examine, .recipe, .copyRecipe, .reveal, .copyPull, .showTags, .openDetail, .filter, .narrow,
            .onlyMatching, .onlyUnused, .onlyExpired, .sort, .reverse, .sortByCloseness, .toggleTree, .saveRecipe,
            .saveBundle, .copyMessage,
            .mark, .markAll, .nextStep, .nextField, .startOver, .fetchFederation, .nextPane, .previousPane, .nextPart,
            .previousPart,
            .create, .continueCreation, .undoCreation, .forgetCreation, .chooseProfile, .probe, .copyCaller,
            .useOperator, .refresh,
        ] + Screen.tabs.map(Command.go) + [
            .go(.unfinished),
            .help, .interrupt, .dismiss, .nextTheme, .redraw, .suspend, .back, .leave,
        ]

    /// True for what changes something at Chainguard: not there in read-only mode.
    public var isMutation: Bool {
        switch self {
        case .newIdentity, .editIdentity, .saveChanges, .bindRoles, .unbindRole, .deleteIdentity, .create,
            .continueCreation, .undoCreation:
            true
        default: false
        }
    }
}

import TerminalUI

extension IdentitiesScreen {
    static let bindings: [Binding<Command>] = one + all

    /// What concerns the selected identity.
    private static let one: [Binding<Command>] = [
        Binding(
            .enter, action: .openDetail, label: "details",
            help: "Open the details of the selected identity; in the tree, fold or unfold a folder."),
        Binding(.character("/"), action: .filter, label: "filter", help: "Filter the list as you type; Esc clears."),
        Binding(
            .right, .character("]"), action: .nextPane, label: "pane",
            help: "The next pane of the details: chainctl, Terraform, API JSON, IAM policy."),
        Binding(
            .left, .character("["), action: .previousPane, label: "pane", help: "The pane before.",
            showsInFooter: false),
        Binding(
            .character("n"), action: .newIdentity, label: "new",
            help: "Create an identity that this caller can assume."),
        Binding(
            .character("t"), action: .showToken, label: "token",
            help: "Sign a token for the selected identity and open it."),
        Binding(
            .character("l"), action: .logIn, label: "log in",
            help: "Log in as the selected identity with this host's AWS credentials."),
        Binding(
            .character("e"), action: .editIdentity, label: "edit",
            help: "Change the description and the patterns of the selected identity."),
        Binding(
            .character("b"), action: .showBindings, label: "roles",
            help: "The roles that the selected identity is bound to: bind more, unbind."),
        Binding(
            .character("y"), action: .copyIdentity, label: "copy",
            help: "Copy the UIDP of the selected identity, or the pane that is shown."),
        Binding(
            .character("w"), action: .saveRecipe, label: "write", help: "Write the pane that is shown to a file.",
            showsInFooter: false),
        Binding(
            .character("d"), action: .deleteIdentity, label: "delete",
            help: "Delete the selected identity after its name was typed, or all that are marked."),
    ]

    /// What concerns the list.
    private static let all: [Binding<Command>] = [
        Binding(
            .character("f"), action: .narrow, label: "show only",
            help: "Show only a kind, an organization, what matches this caller, was never used or has expired."),
        Binding(
            .character("m"), action: .onlyMatching, label: "matching",
            help: "Show only what this caller can assume, or all again."),
        Binding(
            .character("u"), action: .onlyUnused, label: "unused", help: "Show only what was never used, or all again.",
            showsInFooter: false),
        Binding(
            .character("X"), action: .onlyExpired, label: "expired",
            help: "Show only what has expired, or all again.", showsInFooter: false),
        Binding(
            .character("v"), action: .toggleTree, label: "tree",
            help: "Show the identities under their organizations and folders, or as one list."),
        Binding(
            .character("s"), action: .sort, label: "sort", help: "Sort by the next column.", showsInFooter: false),
        Binding(
            .character("S"), action: .reverse, label: "reverse", help: "Sort the other way round.",
            showsInFooter: false),
        Binding(
            .character("c"), action: .sortByCloseness, label: "closest",
            help: "Sort by how close each comes to letting this caller in, or by name again.", showsInFooter: false),
        Binding(
            .space, action: .mark, label: "mark",
            help:
                "Mark the identity, or take the mark away, and go to the next one; d deletes all marked, listed or not.",
            showsInFooter: false),
        Binding(
            .character("*"), action: .markAll, label: "mark all", help: "Mark all that are listed, or none.",
            showsInFooter: false),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "List the identities again."),
    ]
}

import AWSCaller

/// Names that stand for nothing, for several things, or for something that is there already.
extension Problem {
    /// What was named is not there, as far as the login sees.
    public static let nameUnknown = Problem(
        "name-unknown", "No {kind} is called '{name}'",
        cause: "The name is mistyped, or the login may not see what it stands for",
        remedy: "'{list}' shows what there is", category: .usage)
    /// Names need not be unique; UIDPs are.
    public static let nameAmbiguous = Problem(
        "name-ambiguous", "{count} of kind {kind} are called '{name}'",
        cause: "Names may be shared: by identities in different folders, by custom roles",
        remedy: "Name one by its UIDP", category: .usage)
    static let nameTaken = Problem(
        "name-taken", "The name {name} is taken by {uid}",
        cause: "An identity of this name stands in the same organization or folder",
        remedy: "Choose another name, or use that identity", category: .usage)
    /// The name is taken by what an earlier, broken creation of one's own made.
    static let creationUnfinished = Problem(
        "creation-unfinished",
        "The name {name} is taken by {uid}, which your own creation of {when} made before it broke off",
        cause: "A step after the first failed, such as binding a role, or the program ended meanwhile",
        remedy: "Continue, undo or forget that creation: U in cgid, u in cgid --plain", category: .usage)

    static let names = [nameUnknown, nameAmbiguous, nameTaken, creationUnfinished]
}

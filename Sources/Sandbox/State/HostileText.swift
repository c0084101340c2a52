/// What a server that means no good may put into names: control sequences of terminals, text that turns or hides,
/// shell commands.
enum HostileText {
    static func add(to state: inout SandboxState) {
        let root = ExampleOrganization.root
        var identity = IdentityRecord(
            name: "harmless\u{1B}[2J\u{1B}]0;taken over\u{7}\u{9B}31m\u{202E}nimda",
            description: "looks\u{200B} fine\r\ndone\u{8}\u{8}\u{8}\u{8}$(reboot)",
            awsIdentity: AWSIdentityRecord(
                account: SandboxCaller.account, arn: .pattern("^arn:aws:sts::\u{1B}[31m"), userID: .pattern("^\u{202E}")
            ))
        identity.uid = ExampleOrganization.below(root, "hostile identity")
        state.identities.append(identity)
        state.repositories.append(
            RepositoryRecord(
                id: ExampleOrganization.below(root, "hostile repository"), name: "python; rm -rf ~ \u{1B}[2J",
                catalogTier: "FREE\u{8}", bundles: [], readme: ""))
    }
}

import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an identity that an AWS role or user may assume.",
        subcommands: [CreateAWS.self])
}

struct CreateAWS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aws", abstract: "For an AWS role or user.", subcommands: [CreateAWSRole.self, CreateAWSUser.self])
}

/// The options that roles and users share, as chainctl spells them.
struct CreationOptions: ParsableArguments {
    @Argument(help: "The identity's name at Chainguard.")
    var name: String

    @Option(help: "The AWS account, 12 digits.")
    var awsAccountId: String

    @Option(help: "The AWS partition: aws, aws-cn, aws-us-gov …")
    var awsPartition = "aws"

    @Option(help: "The organization or folder, by name or UIDP.")
    var parent: String?

    @Option(help: "A description.")
    var description: String?

    @Option(help: "Roles to bind, by name or UIDP, separated by commas; may be repeated.")
    var role: [String] = []

    @Flag(help: "Check everything against the API, change nothing.")
    var dryRun = false

    var roleNames: [String] {
        role.flatMap { $0.split(separator: ",").map(String.init) }
    }
}

struct CreateAWSRole: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "role", abstract: "For an AWS role.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var creation: CreationOptions

    @Option(help: "The role's name.")
    var awsRoleName: String

    @Option(help: "The role's unique id (AROA…): locks out a role made anew under the same name.")
    var awsRoleId: String?

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        var draft = IdentityDraft()
        draft.kind = .role
        draft.iamName = awsRoleName
        draft.uniqueID = awsRoleId ?? ""
        try await CreationCommand(runtime: runtime, options: creation, output: output).run(draft)
    }
}

struct CreateAWSUser: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "user", abstract: "For an IAM user.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var creation: CreationOptions

    @Option(help: "The user's name.")
    var awsUserName: String

    @Option(help: "The user's path: it is part of the ARN.")
    var awsUserPath: String?

    @Option(help: "The user's unique id (AIDA…): locks out a user made anew under the same name.")
    var awsUserId: String?

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        var draft = IdentityDraft()
        draft.kind = .user
        draft.iamName = awsUserName
        draft.path = awsUserPath ?? "/"
        draft.uniqueID = awsUserId ?? ""
        try await CreationCommand(runtime: runtime, options: creation, output: output).run(draft)
    }
}

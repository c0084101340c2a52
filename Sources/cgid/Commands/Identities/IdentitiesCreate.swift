import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesCreate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an identity: for an AWS role or user, or for tokens by their claims.",
        discussion:
            "The kinds are 'aws role' and 'aws user', which prove themselves with signed requests, and 'claim-match', for "
            + "the tokens of AWS outbound federation or of any other issuer; where no kind is named, the name alone "
            + "stands for claim-match.",
        subcommands: [CreateAWS.self, CreateClaimMatch.self], defaultSubcommand: CreateClaimMatch.self)
}

struct CreateAWS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aws", abstract: "For an AWS role or user.", subcommands: [CreateAWSRole.self, CreateAWSUser.self])
}

/// The options that every kind shares, as chainctl spells them.
struct CreationOptions: ParsableArguments {
    @Argument(help: "The identity's name at Chainguard.")
    var name: String

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

/// The options that roles and users share.
struct AccountOptions: ParsableArguments {
    @Option(help: "The AWS account, 12 digits.")
    var awsAccountId: String

    @Option(help: "The AWS partition: aws, aws-cn, aws-us-gov …")
    var awsPartition = "aws"

    func draft(_ kind: IdentityDraft.Kind) -> IdentityDraft {
        IdentityDraft(kind: kind, partition: awsPartition, account: awsAccountId)
    }
}

struct CreateClaimMatch: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "claim-match", abstract: "For the tokens of an issuer about a subject.",
        discussion:
            "For AWS outbound federation the issuer is the account's own and the subject the IAM ARN of the role "
            + "or user; the wizard's ^T reads both from a token of this caller.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var creation: CreationOptions

    @Option(help: "The issuer's URL, as the tokens' iss claim has it.")
    var identityIssuer: String

    @Option(help: "The subject, as the tokens' sub claim has it.")
    var subject: String

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        let federation = IdentityDraft.Federation(issuer: identityIssuer, subject: subject)
        try await CreationCommand(runtime: runtime, options: creation, output: output)
            .run(IdentityDraft(kind: .federation, federation: federation))
    }
}

struct CreateAWSRole: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "role", abstract: "For an AWS role.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var creation: CreationOptions
    @OptionGroup var account: AccountOptions

    @Option(help: "The role's name.")
    var awsRoleName: String

    @Option(help: "The role's unique id (AROA…): locks out a role made anew under the same name.")
    var awsRoleId: String?

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        var draft = account.draft(.role)
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
    @OptionGroup var account: AccountOptions

    @Option(help: "The user's name.")
    var awsUserName: String

    @Option(help: "The user's path: it is part of the ARN.")
    var awsUserPath: String?

    @Option(help: "The user's unique id (AIDA…): locks out a user made anew under the same name.")
    var awsUserId: String?

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        var draft = account.draft(.user)
        draft.iamName = awsUserName
        draft.path = awsUserPath ?? "/"
        draft.uniqueID = awsUserId ?? ""
        try await CreationCommand(runtime: runtime, options: creation, output: output).run(draft)
    }
}

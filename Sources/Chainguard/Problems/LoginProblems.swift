import AWSCaller

/// Why an identity can't be assumed, or an operator not signed in.
extension Problem {
    static let identityUnknown = Problem(
        "identity-not-found", "Chainguard knows no {target}",
        cause: "The UIDP is mistyped, or the identity was deleted",
        remedy: "Check the UIDP: cgid identities list shows them", category: .notAllowed)
    static let callerDiffers = Problem(
        "no-match", "The identity {name} does not let this caller in: {fields}",
        cause: "The AWS account, the ARN or the user id is not what the identity expects; the message names which",
        remedy: "{advice}", category: .notAllowed)
    /// The identity could not be read to compare.
    static let callerRefused = Problem(
        "no-match-unread", "The issuer says that {target} does not let this caller in",
        cause: "As above, but nobody is signed in who may read the identity, so the field is not known",
        remedy: "After cgid signin, cgid identities match shows which of account, ARN and user id differs",
        category: .notAllowed)
    static let otherKind = Problem(
        "not-an-aws-identity", "The identity {name} is not one for AWS callers",
        cause: "It is for OIDC tokens, static keys or a service of Chainguard",
        remedy: "Choose one that is: cgid identities list --type aws", category: .notAllowed)
    static let otherProof = Problem(
        "not-a-web-identity", "The identity {name} is not one for web identity tokens",
        cause: "It is for AWS callers that sign a request, static keys or a service of Chainguard",
        remedy: "Log in without --web-identity, or choose one that matches on AWS's issuer", category: .notAllowed)
    static let audienceRefused = Problem(
        "audience-mismatch", "The issuer did not accept the audience {issuer} that the request was signed for",
        cause: "The configured issuer is not spelt as the issuer calls itself",
        remedy: "Name the issuer with --issuer as its {issuer}/.well-known/openid-configuration spells it",
        category: .notAllowed)
    static let proofExpired = Problem(
        "proof-expired", "The signed request was too old when the issuer checked it",
        cause: "It was signed more than 15 minutes ago",
        remedy: "Sign a fresh one; if it stays, check this host's clock", category: .notAllowed)
    static let proofFuture = Problem(
        "proof-future", "The signed request is dated in the future by the issuer's clock",
        cause: "It was signed by a clock that runs ahead", remedy: "Set the clock of the host that signs",
        category: .notAllowed)
    static let partitionForeign = Problem(
        "wrong-partition", "The caller belongs to the partition {partition}, whose credentials {host} does not know",
        cause: "GovCloud, China and the isolated partitions have an STS of their own",
        remedy: "Use credentials of the partition aws; whether Chainguard accepts others is not documented",
        category: .notAllowed)
    static let rejectedBySTS = Problem(
        "sts-rejected", "AWS did not accept the signed request that the issuer passed on",
        cause: "The credentials ended between signing and the check, or the global STS endpoint does not know them",
        remedy: "Check with cgid whoami that the keys work, and that they belong to the partition aws",
        category: .notAllowed)
    static let proofRefused = Problem(
        "proof-refused", "The issuer did not accept the signed request for {target}",
        cause: "The issuer gives no reason that is known here",
        remedy: "cgid token inspect says what is wrong with a token; cgid identities match, whether the caller fits",
        category: .notAllowed)
    /// No failure: the login works.
    static let noRole = Problem(
        "no-role-bound", "signed in, but no role is bound: nothing will be visible",
        cause: "The identity is bound to no role, so every list is refused or empty",
        remedy: "Have an owner bind one: cgid identities update UIDP --add-role registry.pull")
    /// Somebody else's live token would be replaced.
    public static let loginInTheWay = Problem(
        "login-in-the-way", "{who} is signed in for {audience} until {until}",
        cause: "One token for each audience is kept without a name, and it is somebody else's",
        remedy: "Keep both with --alias NAME, or forget that one first: cgid logout --audience {audience}",
        category: .usage)
    static let notRegistered = Problem(
        "not-registered", "The account that signed in is not registered at Chainguard",
        cause: "Nobody has registered with that account, or the organization's identity provider does not know it",
        remedy: "Register at {console}, sign in with another account, or name your organization with --org-name",
        category: .notAllowed)

    static let login = [
        identityUnknown, callerDiffers, callerRefused, otherKind, otherProof, audienceRefused, proofExpired,
        proofFuture, partitionForeign, rejectedBySTS, proofRefused, loginInTheWay, noRole, notRegistered,
    ]
}

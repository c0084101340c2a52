/// What AWS's Security Token Service refuses, and why (STS API Reference, "Common Errors").
extension Problem {
    static let stsUnknownKey = Problem(
        "sts-unknown-key", "AWS does not know this access key at {endpoint}",
        cause: "The key was deleted, belongs to another partition, or is a temporary one without its session token",
        remedy: "Check that the key still exists, that temporary keys come with their session token, and that the "
            + "endpoint is in the key's own partition",
        category: .noCredentials)
    static let stsWrongSignature = Problem(
        "sts-signature", "The secret access key does not belong to the access key id",
        cause: "The two were copied from different places, or cut off",
        remedy: "Copy both again from where they were issued", category: .noCredentials)
    static let stsSessionExpired = Problem(
        "sts-session-expired", "The session token has expired",
        cause: "Temporary credentials ended",
        remedy: "Get new temporary credentials from the same source", category: .noCredentials)
    static let stsUnreadable = Problem(
        "sts-unreadable", "STS could not read the signature",
        cause: "Something on the way changes or drops headers",
        remedy: "Check that no proxy changes the request's headers")
    static let stsDenied = Problem(
        "sts-denied", "STS refused {action}",
        cause: "An organization's policy or a role's trust policy forbids it",
        remedy: "Ask the owner of the account, or of the role, to allow it",
        category: .notAllowed)
    static let stsRegionOff = Problem(
        "sts-region-off", "STS in {region} is not switched on for this account",
        cause: "The region is one that an account has to opt in to",
        remedy: "Set another region, or have the account's owner enable it")
    static let stsBusy = Problem(
        "sts-busy", "STS is busy", cause: "AWS throttles, or has a fault", remedy: "Try again in a moment")
    /// The clock is so far behind that what it signs is taken as expired.
    public static let clockBehind = Problem(
        "clock-behind", "This host's clock is {difference} behind {whose}, so what it signs is taken as expired",
        cause: "The clock was never set, or a suspended machine woke up",
        remedy: "Set the clock (timedatectl set-ntp true), then try again", category: .notAllowed)
    /// The clock is so far ahead that what it signs is dated in the future.
    public static let clockAhead = Problem(
        "clock-ahead", "This host's clock is {difference} ahead of {whose}, so what it signs is dated in the future",
        cause: "The clock was set wrongly", remedy: "Set the clock (timedatectl set-ntp true), then try again",
        category: .notAllowed)

    /// All of them.
    public static let sts = [
        stsUnknownKey, stsWrongSignature, stsSessionExpired, stsUnreadable, stsDenied, stsRegionOff, stsBusy,
        clockBehind, clockAhead,
    ]

    /// - Returns: `nil` for a code that is not known here.
    static func ofSTS(_ code: String) -> Problem? {
        switch code {
        case "InvalidClientTokenId", "UnrecognizedClientException": stsUnknownKey
        case "SignatureDoesNotMatch": stsWrongSignature
        case "ExpiredToken", "ExpiredTokenException": stsSessionExpired
        case "IncompleteSignature", "MissingAuthenticationToken": stsUnreadable
        case "AccessDenied", "AccessDeniedException": stsDenied
        case "OptInRequired", "RegionDisabledException", "RegionDisabled": stsRegionOff
        case "ServiceUnavailable", "InternalFailure": stsBusy
        case _ where STSFailures.isThrottling(code): stsBusy
        default: nil
        }
    }

    /// A clock that is too far off for what is signed by it.
    /// - Parameters:
    ///   - difference: the server's clock minus this host's.
    ///   - whose: the server's, as in `AWS's`.
    /// - Returns: `nil` when it is within the 5 minutes that the services allow.
    public static func clock(_ difference: Duration, whose: String, detail: String) -> Failure? {
        guard ClockSkew.isTooFar(difference) else { return nil }
        let problem = difference > .zero ? clockBehind : clockAhead
        return problem.failure(
            ["difference": TimeText.rough(abs(Int(difference.seconds))), "whose": whose], detail: detail)
    }
}

import Chainguard
import FoundationEssentials

/// What an identity must be like to be accepted.
enum IdentityRules {
    static func check(_ identity: IdentityRecord) throws(StatusError) {
        try checkName(identity.name)
        try checkDescription(identity.description)
        guard identity.relationshipNames.count == 1 else {
            throw invalid("exactly one of awsIdentity, claimMatch, staticKeys and servicePrincipal is required")
        }
        if let aws = identity.awsIdentity { try checkAWS(aws) }
        if let claims = identity.claimMatch { try checkClaims(claims) }
        if let keys = identity.staticKeys { try checkStatic(keys) }
    }

    private static func invalid(_ message: String) -> StatusError { StatusError(.invalidArgument, message) }

    private static func checkName(_ name: String) throws(StatusError) {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789 ._-".unicodeScalars)
        guard (3...63).contains(name.unicodeScalars.count), name.unicodeScalars.allSatisfy(allowed.contains) else {
            throw invalid("name must be 3 to 63 characters of a-z, 0-9, space, '.', '_' and '-'")
        }
    }

    /// `^[\S ]{0,512}$`: no white space but the space itself.
    private static func checkDescription(_ text: String) throws(StatusError) {
        let scalars = text.unicodeScalars
        guard scalars.count <= 512, scalars.allSatisfy({ $0 == " " || !("\t"..."\r").contains($0) }) else {
            throw invalid("description must be at most 512 characters on one line")
        }
    }

    private static func checkAWS(_ aws: AWSIdentityRecord) throws(StatusError) {
        guard aws.awsAccount.utf8.count == 12, aws.awsAccount.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw invalid("awsIdentity.awsAccount must be 12 digits")
        }
        guard aws.relationship != nil else {
            throw invalid("awsIdentity needs exactly one of arn and arnPattern, and one of userId and userIdPattern")
        }
        try checkPatterns([aws.arnPattern, aws.userIdPattern].compactMap { $0 })
    }

    private static func checkClaims(_ claims: ClaimMatchRecord) throws(StatusError) {
        guard ValueMatcher(exact: claims.issuer, pattern: claims.issuerPattern) != nil,
            ValueMatcher(exact: claims.subject, pattern: claims.subjectPattern) != nil
        else {
            throw invalid(
                "claimMatch needs exactly one of issuer and issuerPattern, and one of subject and subjectPattern")
        }
        guard claims.audience == nil || claims.audiencePattern == nil else {
            throw invalid("claimMatch takes at most one of audience and audiencePattern")
        }
        try checkPatterns(claims.patterns)
    }

    private static func checkStatic(_ keys: StaticKeysRecord) throws(StatusError) {
        guard !keys.issuer.isEmpty, !keys.subject.isEmpty, !keys.issuerKeys.isEmpty else {
            throw invalid("staticKeys needs issuer, subject and issuerKeys")
        }
        if let time = keys.expirationTime, Timestamp.parse(time) == nil {
            throw invalid("staticKeys.expirationTime is not a timestamp")
        }
    }

    private static func checkPatterns(_ patterns: [String]) throws(StatusError) {
        for pattern in patterns {
            do throws(PatternError) {
                _ = try GoRegex(pattern)
            } catch {
                throw invalid(error.message)
            }
        }
    }
}

/// Which fields of an identity an update changes.
struct UpdateMask: Sendable {
    private let fields: Set<String>

    private static let known: Set<String> = [
        "name", "description", "awsIdentity", "claimMatch", "staticKeys", "servicePrincipal",
    ]

    /// Without a mask, what the patch sets is what changes (AIP-134).
    init(_ text: String?, _ patch: IdentityRecord) throws(StatusError) {
        guard let text else {
            var fields = Set(patch.relationshipNames)
            if !patch.name.isEmpty { fields.insert("name") }
            if !patch.description.isEmpty { fields.insert("description") }
            self.fields = fields
            return
        }
        var fields: Set<String> = []
        for part in text.split(separator: ",") {
            let wanted = FieldName(String(part)).snakeCase.stringValue
            guard let field = Self.known.first(where: { FieldName($0).snakeCase.stringValue == wanted }) else {
                throw StatusError(.invalidArgument, "update_mask names a field that can't be updated: \(part)")
            }
            fields.insert(field)
        }
        self.fields = fields
    }

    func applied(to identity: IdentityRecord, from patch: IdentityRecord) -> IdentityRecord {
        var result = identity
        if fields.contains("name") { result.name = patch.name }
        if fields.contains("description") { result.description = patch.description }
        if fields.contains("awsIdentity") { result.awsIdentity = patch.awsIdentity }
        if fields.contains("claimMatch") { result.claimMatch = patch.claimMatch }
        if fields.contains("staticKeys") { result.staticKeys = patch.staticKeys }
        if fields.contains("servicePrincipal") { result.servicePrincipal = patch.servicePrincipal }
        return result
    }
}

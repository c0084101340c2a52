import Transport

extension LintRules {
    /// What was signed, and with which key.
    static func signature(_ subject: LintSubject) -> [TokenFinding] {
        guard let authorization = subject.authorization else { return [noAuthorization(subject)] }
        return coverage(subject) + absentHeaders(subject) + scope(subject, authorization)
            + form(subject, authorization) + securityToken(subject, authorization)
    }

    private static let place = "header \(TokenHeader.authorization)"

    private static func noAuthorization(_ subject: LintSubject) -> TokenFinding {
        if subject.request.target.contains("X-Amz-Signature=") {
            return subject.finding(
                .presigned, "request line", "The signature stands in the query; Chainguard reads it from a header.",
                "Sign with the Authorization header.")
        }
        let isAbsent = subject.value(TokenHeader.authorization) == nil
        return subject.finding(
            isAbsent ? .noAuthorization : .authorizationForm, place,
            isAbsent
                ? "The request is not signed."
                : "The header is not of the form ALGORITHM Credential=…, "
                    + "SignedHeaders=…, Signature=….",
            "Sign the request with SigV4.")
    }

    private static func coverage(_ subject: LintSubject) -> [TokenFinding] {
        let missing = TokenChecks.bindingHeaders.map { $0.lowercased() }.filter { !subject.signed.contains($0) }
        guard !missing.isEmpty else { return [] }
        let isOldCurl = subject.signed == ["host", "x-amz-date"]
        return [
            subject.finding(
                .unsignedBindingHeaders, place,
                isOldCurl
                    ? "Only host and x-amz-date are signed, as curl 7.75 to 7.85 does: nothing ties the token to "
                        + "Chainguard."
                    : "The signature does not cover \(missing.joined(separator: ", ")).",
                isOldCurl ? "Use curl 7.86 or newer, or cgid token create." : "Set these headers before signing.")
        ]
    }

    private static func absentHeaders(_ subject: LintSubject) -> [TokenFinding] {
        let present = Set(subject.request.headers.fields.map { $0.name.lowercased() })
        let absent = subject.signed.subtracting(present).subtracting(["host"]).sorted()
        return absent.map { name in
            name == "x-amz-security-token"
                ? subject.finding(
                    .emptySecurityToken, place,
                    "x-amz-security-token is listed as signed but absent: curl before 8.3.0 drops an empty header "
                        + "after signing it.",
                    "For long-term keys leave the header out altogether.")
                : subject.finding(
                    .signedHeaderAbsent, place, "\(name) is listed as signed but absent.",
                    "Send every header that was signed.")
        }
    }

    private static func scope(_ subject: LintSubject, _ authorization: Authorization) -> [TokenFinding] {
        var findings: [TokenFinding] = []
        let region = CallerTokenGenerator.signingRegion(stsHost: subject.stsHost)
        if authorization.region != region {
            findings.append(
                subject.finding(
                    .scopeRegion, place,
                    "The credential scope names the region \(authorization.region); STS expects \(region) at "
                        + "\(subject.stsHost).",
                    "Sign with the region \(region)."))
        }
        if authorization.service != "sts" || authorization.terminator != "aws4_request" {
            findings.append(
                subject.finding(
                    .scopeService, place,
                    "The credential scope ends in \(authorization.service)/\(authorization.terminator) instead of "
                        + "sts/aws4_request.",
                    "Sign for the service sts."))
        }
        if let date = subject.value(TokenHeader.date), authorization.scopeDate != date.prefix(8) {
            findings.append(
                subject.finding(
                    .scopeDate, place,
                    "The credential scope is of \(authorization.scopeDate), the request of \(date.prefix(8)).",
                    "Sign with the date of X-Amz-Date."))
        }
        return findings
    }

    private static func form(_ subject: LintSubject, _ authorization: Authorization) -> [TokenFinding] {
        var findings: [TokenFinding] = []
        if authorization.algorithm != "AWS4-HMAC-SHA256" {
            findings.append(
                subject.finding(
                    .algorithm, place, "The algorithm is \(authorization.algorithm), not AWS4-HMAC-SHA256.",
                    "Sign with AWS4-HMAC-SHA256."))
        }
        let isHex: (UInt8) -> Bool = { (48...57).contains($0) || (97...102).contains($0) }
        if authorization.signature.utf8.count != 64 || !authorization.signature.utf8.allSatisfy(isHex) {
            findings.append(
                subject.finding(
                    .signatureForm, place, "The signature is not 64 lower-case hexadecimal digits.",
                    "Copy the whole token again, or make it anew."))
        }
        return findings
    }

    private static func securityToken(_ subject: LintSubject, _ authorization: Authorization) -> [TokenFinding] {
        let place = "header \(TokenHeader.securityToken)"
        let key = authorization.accessKeyID
        guard let token = subject.value(TokenHeader.securityToken) else {
            guard key.hasPrefix("ASIA"), !subject.signed.contains("x-amz-security-token") else { return [] }
            return [
                subject.finding(
                    .temporaryKeyWithoutToken, place,
                    "The access key is a temporary one (ASIA…), but its session token is missing: STS will refuse.",
                    "Export AWS_SESSION_TOKEN too and sign again.")
            ]
        }
        if token.isEmpty {
            return [
                subject.finding(
                    .emptySecurityToken, place, "The header is empty: STS refuses that.",
                    "For long-term keys leave the header out altogether.")
            ]
        }
        var findings: [TokenFinding] = []
        if key.hasPrefix("AKIA") {
            findings.append(
                subject.finding(
                    .longTermKeyWithToken, place,
                    "The access key is a long-term one (AKIA…), yet a session token is sent: they do not belong "
                        + "together.",
                    "Unset AWS_SESSION_TOKEN, or take key and token from the same source."))
        }
        if !subject.signed.contains("x-amz-security-token") {
            findings.append(
                subject.finding(
                    .unsignedSecurityToken, place, "The session token is not covered by the signature.",
                    "Set the header before signing."))
        }
        return findings
    }
}

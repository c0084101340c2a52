/// What the linter looks for. Codes are stable, for scripts; so is the severity of each.
public enum TokenRule: String, Sendable, Hashable, CaseIterable {
    // What stands around the token, and its base64
    case emptyToken = "empty-token"
    case jsonWebToken = "json-web-token"
    case notBase64 = "not-base64"
    case notARequest = "not-a-request"
    case bearerPrefix = "bearer-prefix"
    case quotes
    case surroundingWhiteSpace = "surrounding-white-space"
    case rawRequest = "raw-request"
    case curlOutput = "curl-output"
    case doubleEncoded = "double-encoded"
    case standardAlphabet = "standard-alphabet"
    case whiteSpace = "white-space"
    case innerPadding = "inner-padding"
    case missingPadding = "missing-padding"
    case extraPadding = "extra-padding"
    case lineBreaks = "line-breaks"
    case trailingBits = "trailing-bits"
    // The request as HTTP
    case http2RequestLine = "http2-request-line"
    case missingBlankLine = "missing-blank-line"
    case duplicateHost = "duplicate-host"
    case unreadableRequest = "unreadable-request"
    case unsendable
    case method
    case missingHost = "missing-host"
    case host
    case path
    case action
    case absoluteTarget = "absolute-target"
    case httpVersion = "http-version"
    case foldedHeader = "folded-header"
    case body
    case lfLineEnds = "lf-line-ends"
    // Whom it is for
    case duplicateHeader = "duplicate-header"
    case missingAudience = "missing-audience"
    case audienceTrailingSlash = "audience-trailing-slash"
    case audience
    case missingIdentity = "missing-identity"
    case identity
    case identityForm = "identity-form"
    case otherRelyingParty = "other-relying-party"
    case alsoForOthers = "also-for-others"
    case noAccept = "no-accept"
    case acceptNotJson = "accept-not-json"
    // The signature
    case noAuthorization = "no-authorization"
    case presigned
    case authorizationForm = "authorization-form"
    case algorithm
    case signatureForm = "signature-form"
    case unsignedBindingHeaders = "unsigned-binding-headers"
    case signedHeaderAbsent = "signed-header-absent"
    case scopeRegion = "scope-region"
    case scopeService = "scope-service"
    case scopeDate = "scope-date"
    case emptySecurityToken = "empty-security-token"
    case temporaryKeyWithoutToken = "temporary-key-without-token"
    case longTermKeyWithToken = "long-term-key-with-token"
    case unsignedSecurityToken = "unsigned-security-token"
    // Time
    case missingDate = "missing-date"
    case dateForm = "date-form"
    case expired
    case futureDated = "future-dated"
    case credentialsExpired = "credentials-expired"
    case credentialsEndFirst = "credentials-end-first"
    case nearExpiry = "near-expiry"
    case fractionalDate = "fractional-date"
    case clockAhead = "clock-ahead"
    case credentialsExpiry = "credentials-expiry"
    // Whatever else
    case refused

    /// As in a finding and on the command line: `audience-trailing-slash`.
    public var code: String { rawValue }
}

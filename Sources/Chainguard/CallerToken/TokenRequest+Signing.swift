import AWSCaller

extension TokenRequest {
    /// What its signer hashed, as far as the request tells: SigV4's canonical form of it. A secret, for it holds the
    /// session token. `nil` without a readable `Authorization` header.
    public var canonicalRequest: Secret? {
        guard let authorization else { return nil }
        let target = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let fields = headers.fields.map { ($0.name, $0.value) }
        let hasHost = headers[TokenHeader.host] != nil
        return Secret(
            SigV4.canonicalRequest(
                method: method, path: target.first.map(String.init) ?? "",
                query: target.count > 1 ? String(target[1]) : "",
                headers: hasHost ? fields : fields + [(TokenHeader.host, host)],
                signedHeaders: authorization.signedHeaders, payloadHash: SigV4.hash(body)))
    }

    /// What its signature was made over (AWS, "Create a signed AWS API request").
    public var stringToSign: String? {
        guard let authorization, let canonicalRequest else { return nil }
        return SigV4.stringToSign(
            date: headers[TokenHeader.date] ?? "", scope: authorization.credentialScope,
            canonicalRequest: canonicalRequest.reveal())
    }
}

import AWSCaller
import FoundationEssentials

/// Decides who signed a request to STS, in AWS's order: form, scope, clock, key, session token, signature.
struct SignatureCheck: Sendable {
    /// AWS accepts a GetCallerIdentity request for 15 minutes.
    static let lifetime: TimeInterval = 15 * 60
    static let futureTolerance: TimeInterval = 5 * 60

    /// Who has an access key, if anybody.
    let known: @Sendable (String) -> Principal?
    let now: Date

    func signer(of request: Incoming) throws(STSError) -> Principal {
        guard let authorization = request.headers["authorization"] else { throw .unsigned }
        let presented = try PresentedSignature(authorization: authorization)
        let date = try signedDate(of: request)
        try checkScope(presented, date: date, host: request.headers["host"] ?? "")
        try checkClock(date)
        let caller = try knownCaller(presented)
        try checkSessionToken(request.headers["x-amz-security-token"] ?? "", of: caller)
        try checkSignature(presented, of: request, date: date, caller: caller)
        if let end = caller.end, end <= now { throw .endedSession }
        return caller
    }

    private func signedDate(of request: Incoming) throws(STSError) -> String {
        guard let date = request.headers["x-amz-date"], !date.isEmpty else {
            throw .incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
        }
        guard AmzDate.parse(date) != nil else {
            throw .incomplete("Date must be in ISO-8601 'basic format'. Got '\(date)'.")
        }
        return date
    }

    private func checkScope(_ presented: PresentedSignature, date: String, host: String) throws(STSError) {
        guard Partition.ofRegion(presented.region) != nil, Self.region(of: host, admits: presented.region) else {
            throw .mismatch("Credential should be scoped to a valid region.")
        }
        guard presented.service == "sts" else {
            throw .mismatch("Credential should be scoped to correct service: 'sts'.")
        }
        guard date.hasPrefix(presented.day) else {
            throw .mismatch(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(presented.day)' != '\(date.prefix(8))', from '\(date)'.")
        }
    }

    /// The global host is signed for us-east-1, a regional one for its region; any other name, such as a loopback
    /// address, says nothing about the region.
    private static func region(of host: String, admits region: String) -> Bool {
        let name = host.lowercased()
        if name == STSEndpoint.globalHost { return region == "us-east-1" }
        guard name.hasPrefix("sts.") else { return true }
        return name.split(separator: ".").dropFirst().first.map(String.init) == region
    }

    private func checkClock(_ text: String) throws(STSError) {
        guard let date = AmzDate.parse(text) else { return }
        let age = now.timeIntervalSince(date)
        if age > Self.lifetime {
            let bound = AmzDate.format(now.addingTimeInterval(-Self.lifetime))
            throw .mismatch(
                "Signature expired: \(text) is now earlier than \(bound) (\(AmzDate.format(now)) - 15 min.)")
        }
        if age < -Self.futureTolerance {
            let bound = AmzDate.format(now.addingTimeInterval(Self.futureTolerance))
            throw .mismatch(
                "Signature not yet current: \(text) is still later than \(bound) (\(AmzDate.format(now)) + 5 min.)")
        }
    }

    /// A key of one partition is unknown in another.
    private func knownCaller(_ presented: PresentedSignature) throws(STSError) -> Principal {
        let partition = Partition.ofRegion(presented.region)?.id
        guard let caller = known(presented.accessKeyID), caller.identity.partition == partition else {
            throw .unknownKey
        }
        return caller
    }

    /// An empty header counts as none: the documented curl recipe sends one for long-term keys.
    private func checkSessionToken(_ token: String, of caller: Principal) throws(STSError) {
        guard token == caller.credentials.sessionToken?.reveal() ?? "" else { throw .unknownKey }
    }

    /// A header that is listed as signed but did not arrive counts as empty, since curl before 8.3.0 signs the empty
    /// security token that it then leaves out.
    private func checkSignature(
        _ presented: PresentedSignature, of request: Incoming, date: String, caller: Principal
    ) throws(STSError) {
        guard presented.signedHeaders.contains("host") else {
            throw .mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        let canonical = SigV4.canonicalRequest(
            method: request.method, path: request.path, query: request.query,
            headers: request.headers.fields.map { ($0.name, $0.value) }, signedHeaders: presented.signedHeaders,
            payloadHash: SigV4.hash(request.body))
        let key = SigV4.signingKey(
            secret: caller.credentials.secretAccessKey, date: presented.day, region: presented.region,
            service: presented.service)
        let text = SigV4.stringToSign(date: date, scope: presented.scope, canonicalRequest: canonical)
        guard SigV4.signature(stringToSign: text, key: key) == presented.signature else { throw .wrongSignature }
    }
}

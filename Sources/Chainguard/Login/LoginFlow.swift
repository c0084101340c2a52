import AWSCaller
import FoundationEssentials
import Transport

/// Logs in by assuming an identity: finds credentials, signs the proof, exchanges it, keeps the token, asks who one is.
public struct LoginFlow: Sendable {
    typealias Signer = @Sendable (UIDP, AWSCredentials, Date) throws(Failure) -> SignedCallerToken

    let detector: CallerDetector
    let issuer: IssuerClient
    let endpoints: ChainguardEndpoints
    let cache: TokenCache
    let transport: any HTTPTransport
    let now: @Sendable () -> Date
    let stsHost: String

    /// - Parameter stsHost: the host that the proof is signed for; anything but the default is accepted only by a
    ///   verifier that was configured for it.
    public init(
        detector: CallerDetector, issuer: IssuerClient, endpoints: ChainguardEndpoints, cache: TokenCache,
        transport: any HTTPTransport, now: @escaping @Sendable () -> Date,
        stsHost: String = CallerTokenGenerator.globalSTSHost
    ) {
        self.detector = detector
        self.issuer = issuer
        self.endpoints = endpoints
        self.cache = cache
        self.transport = transport
        self.now = now
        self.stsHost = stsHost
    }

    /// - Parameters:
    ///   - audience: what the token is for; `nil` is the API.
    ///   - alias: keeps the token beside the person's own instead of in its place.
    ///   - progress: called for each stage when it begins and when it ends.
    /// - Throws: the failure of the stage that failed; a token that was saved before it stays.
    public func run(
        identity: UIDP, audience: String? = nil, alias: String? = nil, proof kind: LoginProof = .signedRequest,
        progress: @Sendable (StageUpdate) -> Void = { _ in }
    ) async throws(Failure) -> LoginOutcome {
        let audience = audience ?? endpoints.audience
        let credentials = try await stage(.credentials, progress) { () async throws(Failure) in
            try await self.credentials()
        }
        let proof = try await stage(.signing, progress) { () async throws(Failure) in
            switch kind {
            case .signedRequest: try self.proof(identity, credentials.value)
            case .webIdentity: try await self.webIdentity(credentials.value)
            }
        }
        let tokens = try await stage(.exchange, progress) { () async throws(Failure) in
            try await self.exchange(proof.value, kind, identity, audience)
        }
        let path = try await stage(.saved, progress) { () async throws(Failure) in
            try self.save(tokens.value, audience, alias)
        }
        let subject = try await stage(.checked, progress) { () async throws(Failure) in
            try await self.subject(tokens.value, audience)
        }
        return LoginOutcome(
            subject: subject.value, expiry: subject.value.expiry ?? tokens.value.expiry, cachePath: path.value)
    }

    /// What a stage yields, and the clause that says so.
    private struct Finished<Value: Sendable>: Sendable {
        var value: Value
        var detail: String
    }

    private func stage<Value: Sendable>(
        _ stage: LoginStage, _ progress: @Sendable (StageUpdate) -> Void,
        _ work: () async throws(Failure) -> Finished<Value>
    ) async throws(Failure) -> Finished<Value> {
        let start = now()
        let elapsed = { Duration.seconds(max(0, now().timeIntervalSince(start))) }
        progress(StageUpdate(stage: stage, state: .running, elapsed: .zero))
        do throws(Failure) {
            if Task.isCancelled { throw .cancelled }
            let finished = try await work()
            progress(StageUpdate(stage: stage, state: .done(finished.detail), elapsed: elapsed()))
            return finished
        } catch {
            progress(StageUpdate(stage: stage, state: .failed(error), elapsed: elapsed()))
            throw error
        }
    }

    private func credentials() async throws(Failure) -> Finished<AWSCredentials> {
        let resolution = await detector.resolve()
        return Finished(
            value: try resolution.usableCredentials(at: now()), detail: resolution.winner?.title ?? "")
    }

    private func webIdentity(_ credentials: AWSCredentials) async throws(Failure) -> Finished<Secret> {
        let endpoint = detector.stsEndpoint ?? .global
        let token = try await STSClient(context: detector.context).webIdentityToken(
            audience: issuer.issuer, credentials: credentials, endpoint: endpoint)
        let subject = JWTClaims(unverified: token.token.reveal())?.subject ?? "the caller"
        return Finished(value: token.token, detail: "a JWT of AWS about \(subject)")
    }

    private func proof(_ identity: UIDP, _ credentials: AWSCredentials) throws(Failure) -> Finished<Secret> {
        let generator = CallerTokenGenerator(audience: issuer.issuer, stsHost: stsHost)
        let token = try generator.generate(identity: identity.text, credentials: credentials, at: now())
        return Finished(value: token.text, detail: "for \(stsHost), valid until \(Timestamp.format(token.expires))")
    }

    private func exchange(
        _ proof: Secret, _ kind: LoginProof, _ identity: UIDP, _ audience: String
    ) async throws(Failure) -> Finished<IssuedTokens> {
        do throws(CallError) {
            let tokens = try await issuer.exchange(
                bearer: proof, IssuerClient.Request(identity: identity, audiences: [audience]))
            return Finished(
                value: tokens, detail: tokens.expiry.map { "a token until \(Timestamp.format($0))" } ?? "a token")
        } catch {
            throw await diagnosed(error, identity, kind, proof)
        }
    }

    private func save(_ tokens: IssuedTokens, _ audience: String, _ alias: String?) throws(Failure) -> Finished<String>
    {
        try cache.write(tokens, audience: audience, alias: alias)
        let path = try cache.folder(audience: audience, alias: alias) + "/" + TokenCache.tokenName
        return Finished(value: path, detail: path)
    }

    /// The API knows only tokens that are meant for it; of another it is the claims that tell.
    private func subject(_ tokens: IssuedTokens, _ audience: String) async throws(Failure) -> Finished<
        AuthenticatedSubject
    > {
        guard audience == endpoints.audience else {
            let subject = tokens.subject(audience: audience, issuer: issuer.issuer)
            return Finished(value: subject, detail: "\(subject.subject), by the token's own words")
        }
        let api = PlatformAPI(baseURL: endpoints.api, token: tokens.token, transport: transport)
        let subject = try await api.authenticatedSubject()
        let roles = Set((subject.granted ?? []).map(\.role)).sorted()
        return Finished(
            value: subject,
            detail: roles.isEmpty
                ? Problem.noRole.failure().description
                : "signed in with " + roles.joined(separator: ", "))
    }
}

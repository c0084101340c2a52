import AWSCaller
import Chainguard
import Screens

extension Runtime {
    /// Does one job of the app. Progress goes to `say`; the last answer is returned.
    func answer(_ job: Job, say: @escaping @Sendable (Answer) -> Void) async throws(Failure) -> Answer {
        switch job {
        case .detectCaller(let profile, let probes):
            var detector = detector(profile: profile)
            detector.probes = probes
            let caller = await detector.detect { say(.callerProgress($0)) }
            await credentialStore.adopt(caller.resolution.credentials, of: detector)
            return .caller(caller)
        case .profiles:
            return .profiles(try SharedConfig.load(host).summaries)
        case .subject(let session):
            return .subject(try await subject(as: session))
        case .identities(let session):
            return try await identities(as: session, say: say)
        case .arrange(let input, let earlier):
            return .arranged(IdentityArrangement(input, after: earlier))
        case .groups(let session):
            return .groups(try await api(as: session).groups())
        case .roles(let session):
            return .roles(try await api(as: session).roles())
        case .bindings(let identity, let session):
            return .bindings(identity, try await api(as: session).roleBindings(identity: identity))
        case .create(let draft, let caller, let session):
            return .created(try await create(draft, caller: caller, as: session, say: say))
        case .update(let identity, let patch, let session):
            return .updated(try await api(as: session).updateIdentity(identity, patch))
        case .bind(let identity, let roles, let group, let session):
            return try await bind(identity, roles, at: group, as: session, say: say)
        case .unbind(let binding, let session):
            let api = try await api(as: session)
            try await api.unbind(binding.uid)
            return .bindings(binding.identity.uid, try await api.roleBindings(identity: binding.identity.uid))
        case .pendingCreations:
            return .pendingCreations(journal?.pending(api: endpoints.api) ?? [])
        case .resume(let pending, let caller, let session):
            return .created(try await resume(pending, caller: caller, as: session, say: say))
        case .undo(let pending, let session):
            let journal = try knownJournal()
            try await IdentityCreation.undo(pending, api: try await api(as: session), journal: journal)
            return .creationDropped(pending, wasUndone: true)
        case .forget(let pending):
            try knownJournal().forget(pending)
            return .creationDropped(pending, wasUndone: false)
        case .token(let identity, let profile):
            return .token(try await token(for: identity, profile: profile))
        case .login(let identity, let proof, let alias, let profile):
            let flow = loginFlow(profile: profile)
            let outcome = try await flow.run(identity: identity, alias: alias, proof: proof) { say(.loginStage($0)) }
            return .loggedIn(outcome)
        case .repositories(let session):
            return .repositories(try await api(as: session).repositories())
        case .tags(let repository, let session):
            return .tags(repository, try await api(as: session).tags(of: repository))
        case .deleteIdentity(let identity, let session):
            try await api(as: session).deleteIdentity(identity)
            return .deleted(identity)
        case .deleteIdentities(let identities, let session):
            return .deletedMany(try await delete(identities, as: session, say: say))
        case .federation(let profile):
            return .federation(try await federation(profile: profile))
        case .keptDraft:
            return .keptDraft(drafts?.read(api: endpoints.api))
        case .keepDraft(let draft):
            if let draft {
                try drafts?.write(KeptDraft(api: endpoints.api, draft: draft, saved: host.now()))
            } else {
                try drafts?.remove()
            }
            return .draftKept
        case .save(let file):
            let path = expanded(file.path)
            let isWritten = try PlainFile.write(file.contents, to: path, replacing: file.replaces)
            return isWritten ? .saved(path) : .fileExists(file)
        case .saveBundle(let messages, let file):
            return .saved(try saveBundle(messages, to: file))
        }
    }

    private func federation(profile: String?) async throws(Failure) -> IdentityDraft.Federation {
        let detector = detector(profile: profile)
        guard let endpoint = await detector.detect().endpoint else {
            throw Failure("No STS endpoint is known", remedy: "Set a region", category: .usage)
        }
        let credentials = try await credentialStore.credentials(of: detector)
        let token = try await STSClient(context: host).webIdentityToken(
            audience: endpoints.issuer, credentials: credentials, endpoint: endpoint)
        guard let claims = JWTClaims(unverified: token.token.reveal()) else {
            throw Failure("STS answered with a token that can't be read")
        }
        return IdentityDraft.Federation(issuer: claims.issuer, subject: claims.subject)
    }

    private func api(as session: Session) async throws(Failure) -> PlatformAPI {
        try await api(alias: session.name)
    }

    private func subject(as session: Session) async throws(Failure) -> AuthenticatedSubject? {
        guard try cache.read(audience: endpoints.audience, alias: session.name) != nil else { return nil }
        return try await api(as: session).authenticatedSubject()
    }

    private func identities(
        as session: Session, say: @escaping @Sendable (Answer) -> Void
    ) async throws(Failure) -> Answer {
        let login = try cache.read(audience: endpoints.audience, alias: session.name)?.claims?.subject
        async let remembering: Void = sayRemembered(to: login, say: say)
        let all = try await api(as: session).allIdentities(IdentityQuery()) { _, total, loaded in
            say(.identities(loaded, total: total, complete: false))
        }
        await remembering
        // A list that can't be kept is only slower the next time.
        if let login { try? identityCache?.write(all, api: endpoints.api, subject: login, at: host.now()) }
        return .identities(all, total: all.count, complete: true)
    }

    /// Whatever is there first is shown: the list of the last time, or pages of the new one.
    private func sayRemembered(to login: String?, say: @Sendable (Answer) -> Void) async {
        guard let login else { return }
        func tell(_ kept: IdentityListCache.Remembered) {
            say(.identitiesRemembered(kept.identities, total: kept.total, saved: kept.saved))
        }
        let kept = identityCache?.read(api: endpoints.api, subject: login, beginning: tell)
        if let kept { tell(kept) }
    }

    private func create(
        _ draft: IdentityDraft, caller: CallerValues?, as session: Session, say: @escaping @Sendable (Answer) -> Void
    ) async throws(Failure) -> CreatedIdentity {
        let creation = IdentityCreation(
            api: try await api(as: session), draft: draft, caller: caller, journal: journal, now: host.now)
        return try await creation.run { say(.creationStep($0)) }
    }

    private func resume(
        _ pending: PendingCreation, caller: CallerValues?, as session: Session,
        say: @escaping @Sendable (Answer) -> Void
    ) async throws(Failure) -> CreatedIdentity {
        let creation = IdentityCreation(
            api: try await api(as: session), resuming: pending, caller: caller, journal: try knownJournal(),
            now: host.now)
        return try await creation.run { say(.creationStep($0)) }
    }

    private func knownJournal() throws(Failure) -> CreationJournal {
        if let journal { return journal }
        throw Failure("No folder for unfinished creations is known", remedy: "Set HOME or XDG_STATE_HOME")
    }

    /// What was bound before a failure is said before it is thrown.
    private func bind(
        _ identity: UIDP, _ roles: [Role], at group: Group, as session: Session,
        say: @escaping @Sendable (Answer) -> Void
    ) async throws(Failure) -> Answer {
        let api = try await api(as: session)
        do throws(Failure) {
            for role in roles {
                _ = try await api.bind(identity: identity, role: role, at: group.uid, called: group.name)
            }
        } catch {
            if let known = try? await api.roleBindings(identity: identity) { say(.bindings(identity, known)) }
            throw error
        }
        return .bindings(identity, try await api.roleBindings(identity: identity))
    }

    /// What was deleted before a failure is said before it is thrown.
    private func delete(
        _ identities: [UIDP], as session: Session, say: @escaping @Sendable (Answer) -> Void
    ) async throws(Failure) -> [UIDP] {
        let api = try await api(as: session)
        var done: [UIDP] = []
        for identity in identities {
            do throws(Failure) {
                try await api.deleteIdentity(identity)
            } catch {
                say(.deletedMany(done))
                var failure = error
                failure.what = "\(done.count) of \(identities.count) are deleted, then: \(failure.what)"
                throw failure
            }
            done.append(identity)
            say(.progress(done: done.count, total: identities.count))
        }
        return done
    }

    private func token(for identity: UIDP, profile: String?) async throws(Failure) -> SignedCallerToken {
        let credentials = try await credentialStore.credentials(of: detector(profile: profile))
        return try CallerTokenGenerator(audience: endpoints.issuer)
            .generate(identity: identity.text, credentials: credentials, at: host.now())
    }
}

extension Session {
    /// The alias, `nil` for the operator's own token.
    fileprivate var name: String? {
        if case .alias(let name) = self { name } else { nil }
    }
}

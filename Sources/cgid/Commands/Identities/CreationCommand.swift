import AWSCaller
import Chainguard

/// What every way to create does once they know whom the identity is for.
struct CreationCommand {
    let runtime: Runtime
    let options: CreationOptions
    let output: OutputFormat

    func run(_ principal: IdentityDraft) async throws {
        var draft = principal
        draft.name = options.name
        draft.description = options.description ?? ""
        try Self.refuseProblems(of: draft)
        noteUnfinished()
        let api = try await runtime.api()
        draft.parent = try await GroupLookup(api: api).parent(
            options.parent, configured: runtime.configuration.defaultGroup)
        draft.roles = try await RoleLookup(api: api).roles(options.roleNames)
        for warning in draft.relationship.warnings() { Console.complain("warning: \(warning)") }
        if options.dryRun {
            Console.complain(try await IdentityCreation(api: api, draft: draft, caller: nil).dryRun())
            return Console.answer(try draft.requestJSON())
        }
        try await create(draft, api: api)
    }

    private func noteUnfinished() {
        for pending in runtime.journal?.pending(api: runtime.endpoints.api) ?? [] {
            let state = pending.identity.map { "\($0) exists" } ?? "it is not known whether it exists"
            Console.complain(
                "note: the creation of '\(pending.draft.name)' on \(Moment.day(pending.started)) did not come to its end"
                    + " (\(state)): cgid without a command offers to continue, undo or forget it")
        }
    }

    /// Before anything is asked of the network. The parent is looked up later.
    private static func refuseProblems(of draft: IdentityDraft) throws(Failure) {
        let problems = draft.problems().filter { $0.key != .parent }
        guard let first = problems.min(by: { $0.value < $1.value }) else { return }
        throw Failure(first.value, remedy: "'cgid help identities create' shows the options", category: .usage)
    }

    private func create(_ draft: IdentityDraft, api: PlatformAPI) async throws {
        let caller = try? await runtime.caller()
        let creation = IdentityCreation(
            api: api, draft: draft, caller: caller.map(CallerValues.init), journal: runtime.journal)
        let created = try await creation.run { update in
            if case .done(let detail) = update.state { Console.complain("\(update.step.title): \(detail)") }
        }
        switch output {
        case .json: try JSONOutput.print(IdentityDocument(created.identity))
        case .id: Console.answer(created.identity.uid.text)
        case .text: Console.answer(IdentityDocument(created.identity).text)
        }
    }
}

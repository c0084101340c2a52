import AWSCaller
import Chainguard
import TerminalUI

/// The roles that an identity is bound to and where; binding more and taking bindings away.
struct BindingsScreen: ScreenState {
    enum Step: Sendable, Equatable { case list, roles, place }

    private(set) var identity: AssumableIdentity?
    var step = Step.list
    var table = TableView(columns: [
        TableColumn("Role", .flexible(min: 16, max: 40)), TableColumn("Bound at", .flexible(min: 16, max: 60)),
    ])
    var roles = RolePicker()
    var place = GroupPicker()
    private(set) var failure: Failure?

    static let bindings: [Binding<Command>] = [
        Binding(
            .character("b"), action: .bindRoles, label: "bind",
            help: "Pick roles, then the organization or folder where they hold; asks before it binds."),
        Binding(
            .character("d"), action: .unbindRole, label: "unbind",
            help: "Take the selected binding away, after a question."
        ),
        Binding(.enter, action: .nextStep, label: "next", help: "While binding: take what is picked."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "Read the bindings again."),
    ]

    mutating func start(_ identity: AssumableIdentity) {
        self = BindingsScreen()
        self.identity = identity
    }

    var isTyping: Bool { step == .roles && roles.choice.isFiltering }

    var listHints: [KeyHint] { step == .roles ? MultiChoice.hints : [] }

    var typingHints: [KeyHint] { MultiChoice.filterHints }

    func known(_ context: Context) -> Loadable<[RoleBinding]> {
        identity.flatMap { context.workspace.bindings[$0.uid] } ?? Loadable()
    }

    func selected(_ context: Context) -> RoleBinding? {
        guard let all = known(context).value, let row = table.selectedRow, row < all.count else { return nil }
        return all[row]
    }

    mutating func enter(_ context: Context) -> [Request] {
        guard let identity else { return [] }
        take(context)
        let (session, workspace) = (context.workspace.session, context.workspace)
        return [.run(.bindings(identity.uid, as: session))]
            + (workspace.roles.isUntouched ? [.run(.roles(as: session))] : [])
            + (workspace.groups.isUntouched ? [.run(.groups(as: session))] : [])
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        take(context)
        if case .failed(let reason) = answer, job.question == .binding { failure = reason }
        guard case .bindings = answer else { return [] }
        switch job {
        case .bind(_, let roles, let group, _):
            return [.say("Bound to \(roles.map(\.name).joined(separator: ", ")) at \(group.name)")]
        case .unbind(let binding, _):
            return [.say("No longer bound to \(binding.role.name) at \(binding.group.name)")]
        default: return []
        }
    }

    private mutating func take(_ context: Context) {
        table.rowCount = known(context).value?.count ?? 0
        roles.take(context.workspace.roles.value ?? [])
        place.take(context.workspace.groups.value ?? [], preferring: identity?.uid.parent?.text)
    }

    mutating func sessionChanged(_ context: Context) {
        self = BindingsScreen()
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        let list = RoleDetail.layout(body(context), context).list
        switch step {
        case .list:
            table.selection.visibleRows = list.height - 1
            return table.update(key) ? [] : nil
        case .roles:
            roles.choice.visibleRows = list.height - 1
            return roles.choice.update(key) ? [] : nil
        case .place: return place.choice.update(key) ? [] : nil
        }
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        switch step {
        case .list: _ = table.selection.update(hit)
        case .roles: roles.choice.update(hit)
        case .place: place.choice.update(hit)
        }
        return []
    }

    mutating func paste(_ text: String, _ context: Context) {
        if step == .roles { roles.choice.paste(text) }
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        switch step {
        case .list: return nil
        case .roles where roles.choice.isFiltering || !roles.choice.filter.isEmpty: _ = roles.choice.update(.escape)
        case .roles: step = .list
        case .place: step = .roles
        }
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh: return enter(context)
        case .bindRoles:
            roles.check([])
            (step, failure) = (.roles, nil)
        case .nextStep where step == .roles: step = .place
        case .nextStep:
            guard let identity, let group = place.chosen else { return [] }
            return [.confirm(.bind(roles.chosen, to: identity, at: group, context))]
        case .unbindRole:
            guard let identity, let binding = selected(context) else { return [] }
            return [.confirm(.unbind(binding, of: identity, context))]
        default: break
        }
        return []
    }

    func objection(to command: Command, _ context: Context) -> String? {
        if identity == nil { return "no identity is chosen" }
        if context.work.contains(.binding) { return "the bindings are being changed" }
        switch command {
        case .bindRoles: return step == .list ? nil : "Enter takes what is picked"
        case .unbindRole:
            if step != .list { return "Esc goes back to the bindings first" }
            return selected(context) == nil ? "no binding is selected" : nil
        case .nextStep:
            switch step {
            case .list: return "b binds a role"
            case .roles: return roles.chosen.isEmpty ? "no role is picked: Space picks" : nil
            case .place: return place.chosen == nil ? "no organization can be seen" : nil
            }
        case .refresh: return step == .list ? nil : "Esc goes back to the bindings first"
        default: return nil
        }
    }
}

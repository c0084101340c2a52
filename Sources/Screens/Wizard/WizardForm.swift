import AWSCaller
import Chainguard
import TerminalUI

/// The fields of the wizard and the draft that they spell.
struct WizardForm: Sendable {
    typealias Field = IdentityDraft.Field

    /// What a row of the form is: a draft's field, or the choice between role and user in front of them.
    enum Item: Hashable, Sendable {
        case kind
        case field(Field)
    }

    var kind = Choice([ChoiceOption("IAM role"), ChoiceOption("IAM user"), ChoiceOption("Outbound federation")])
    var partition = Choice(Partition.all.map { ChoiceOption($0.id, detail: $0.name) })
    var texts: [Field: TextField] = [
        .account: TextField(placeholder: "12 digits", maximumLength: 64),
        .iamName: TextField(placeholder: "without path or ARN", maximumLength: 256),
        .path: TextField(placeholder: "/", maximumLength: 600),
        .uniqueID: TextField(placeholder: "optional", maximumLength: 256),
        .issuer: TextField(placeholder: "https://UUID.tokens.sts.global.api.aws", maximumLength: 1024),
        .subject: TextField(placeholder: "arn:aws:iam::123456789012:role/NAME", maximumLength: 2048),
        .name: TextField(placeholder: "3 to 63 of a-z 0-9 . _ - and space", maximumLength: 128),
        .description: TextField(placeholder: "optional", maximumLength: 1024),
    ]
    var parent = GroupPicker()
    var roles = RolePicker()
    /// The row that has the keys.
    var focus = Item.kind
    /// Rows that were left once: their problems are shown.
    var visited: Set<Item> = []

    func items(of step: WizardScreen.Step) -> [Item] {
        switch step {
        case .who:
            let order: [Field] = [.partition, .account, .iamName, .path, .uniqueID, .issuer, .subject]
            return [.kind] + order.filter(draftKind.fields.contains).map(Item.field)
        case .naming: return [.field(.name), .field(.description), .field(.parent)]
        case .roles: return [.field(.roles)]
        case .review, .result: return []
        }
    }

    /// A click on a row gives it the keys, one on an option takes that.
    mutating func click(_ hit: MouseHit, on step: WizardScreen.Step) {
        let items = items(of: step)
        guard hit.action == .click, let item = items.indices.first(where: { hit.place == .row($0) }) else { return }
        visited.insert(focus)
        let hadKeys = focus == items[item]
        focus = items[item]
        switch focus {
        case .kind: kind.update(hit)
        case .field(.partition): partition.update(hit)
        case .field(.parent): parent.choice.update(hit)
        case .field(let field): texts[field]?.update(hit, focused: hadKeys)
        }
    }

    var draftKind: IdentityDraft.Kind { IdentityDraft.Kind.allCases[kind.selected] }

    var focusedIsText: Bool {
        if case .field(let field) = focus { return texts[field] != nil }
        return false
    }

    /// What the form says now.
    var draft: IdentityDraft {
        IdentityDraft(
            kind: draftKind, partition: Partition.all[partition.selected].id, account: text(.account),
            iamName: text(.iamName), path: text(.path).isEmpty ? "/" : text(.path), uniqueID: text(.uniqueID),
            name: text(.name), description: text(.description), parent: parent.chosen, roles: roles.chosen,
            federation: draftKind == .federation ? .init(issuer: text(.issuer), subject: text(.subject)) : nil)
    }

    private func text(_ field: Field) -> String { texts[field]?.text ?? "" }

    mutating func fill(_ draft: IdentityDraft) {
        kind.select(IdentityDraft.Kind.allCases.firstIndex(of: draft.kind) ?? 0)
        partition.select(Partition.all.firstIndex { $0.id == draft.partition } ?? 0)
        let values: [Field: String] = [
            .account: draft.account, .iamName: draft.iamName, .path: draft.path, .uniqueID: draft.uniqueID,
            .name: draft.name, .description: draft.description, .issuer: draft.federation?.issuer ?? "",
            .subject: draft.federation?.subject ?? "",
        ]
        for (field, value) in values { texts[field]?.setText(value) }
    }

    /// As it was left: what it stands in and its roles too, once they are known.
    mutating func takeUp(_ draft: IdentityDraft) {
        fill(draft)
        if let uid = draft.parent?.uid { parent.select(uid) }
        roles.check(Set(draft.roles.map(\.uid)))
    }

    /// Another kind was chosen: the caller's name goes with its own, and comes back with it.
    mutating func adapt(to original: IdentityDraft?) {
        guard let original, draftKind != .federation else { return }
        fill(.iamName, with: original.iamName, if: draftKind == original.kind)
        pin(to: original)
    }

    /// The caller's unique id goes with its kind, account and name, and comes back with them.
    mutating func pin(to original: IdentityDraft?) {
        guard let original, draftKind != .federation else { return }
        let isCaller =
            draftKind == original.kind && text(.iamName) == original.iamName && text(.account) == original.account
        fill(.uniqueID, with: original.uniqueID, if: isCaller)
    }

    /// Fills an empty field with what belongs there, and takes that away where it does not.
    private mutating func fill(_ field: Field, with value: String, if belongs: Bool) {
        if belongs, text(field).isEmpty { texts[field]?.setText(value) }
        if !belongs, text(field) == value { texts[field]?.setText("") }
    }

    /// What a token says, and a name after its subject where there is none yet.
    mutating func take(_ federation: IdentityDraft.Federation) {
        texts[.issuer]?.setText(federation.issuer)
        texts[.subject]?.setText(federation.subject)
        guard text(.name).isEmpty, let last = federation.subject.split(separator: "/").last else { return }
        texts[.name]?.setText(IdentityDraft.suggestedName(String(last)))
    }

    /// Why the item's value is refused, if it may be said yet.
    func problem(_ item: Item, always: Bool) -> String? {
        guard case .field(let field) = item else { return nil }
        let isEmpty = texts[field]?.isEmpty ?? true
        guard always || visited.contains(item) || !isEmpty else { return nil }
        return draft.problem(field)
    }

    func hasProblem(on step: WizardScreen.Step) -> Bool {
        items(of: step).contains { problem($0, always: true) != nil }
    }
}

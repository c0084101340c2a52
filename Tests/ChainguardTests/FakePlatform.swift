import AWSCaller
import FoundationEssentials
import Synchronization
import Transport

@testable import Chainguard

/// The part of the API that creating needs, with faults on demand.
final class FakeAPI: Sendable {
    struct State: Sendable {
        var identities: [UIDP: JSONValue] = [:]
        var bindings: [UIDP: (identity: UIDP, role: UIDP)] = [:]
        var next = 1
    }
    /// What goes wrong with a request: the answer given, and whether the request is carried out all the same.
    struct Fault: Sendable {
        var answer: ScriptedService.Answer
        var isCarriedOut = false
    }

    private let state = Mutex(State())
    private let fault: @Sendable (String, Int) -> Fault?
    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter fault: by method and kind (`POST identities`) and how often that was asked, counted from 1.
    init(_ fault: @escaping @Sendable (String, Int) -> Fault? = { _, _ in nil }) {
        self.fault = fault
    }

    var identities: [UIDP] { state.withLock { $0.identities.keys.sorted() } }
    var boundRoles: [UIDP] { state.withLock { $0.bindings.values.map(\.role).sorted() } }
    func count(_ kind: String) -> Int { counts.withLock { $0[kind] ?? 0 } }

    func api() -> PlatformAPI {
        let service = ScriptedService { request, _ in self.answer(request) }
        return PlatformAPI(
            baseURL: "https://api.test", token: Example.personToken, transport: service, retry: Pauses().policy())
    }

    private func answer(_ request: HTTPRequest) -> ScriptedService.Answer {
        let parts = request.path.split(separator: "/", maxSplits: 3).map(String.init)
        let kind = "\(request.method.rawValue) \(parts[2])"
        let number = counts.withLock { counts in
            counts[kind, default: 0] += 1
            return counts[kind] ?? 0
        }
        let uid = parts.count > 3 ? UIDP(parts[3]) : nil
        guard let fault = fault(kind, number) else { return carryOut(kind, uid, request) }
        if fault.isCarriedOut { _ = carryOut(kind, uid, request) }
        return fault.answer
    }

    private func carryOut(_ kind: String, _ uid: UIDP?, _ request: HTTPRequest) -> ScriptedService.Answer {
        state.withLock { state in
            switch (kind, uid) {
            case ("GET identities", nil):
                return list(state.identities.sorted { $0.key < $1.key }.map(\.value), "identities")
            case ("GET identities", let uid?):
                return state.identities[uid].map { .json($0.compact) } ?? .refusal(404, .notFound, "no such identity")
            case ("GET roles", _):
                let roles = [Example.viewer, Example.puller].map { role in
                    JSONValue.object(["uid": .string(role.uid.text), "name": .string(role.name)])
                }
                return list(roles, "roles")
            case ("GET roleBindings", _): return list(state.bindings.map(Self.binding), "roleBindings")
            case ("POST identities", let parent?): return create(request, parent, &state)
            case ("POST roleBindings", let group?): return bind(request, group, &state)
            case ("DELETE identities", let uid?):
                state.identities[uid] = nil
                return .json("{}")
            case ("DELETE roleBindings", let uid?):
                state.bindings[uid] = nil
                return .json("{}")
            default: return .refusal(404, .notFound, "no such call")
            }
        }
    }

    private func list(_ items: [JSONValue], _ name: String) -> ScriptedService.Answer {
        .json(JSONValue.object([.init(name, .array(items))]).compact)
    }

    private func create(_ request: HTTPRequest, _ parent: UIDP, _ state: inout State) -> ScriptedService.Answer {
        let uid = Example.identity(state.next)
        state.next += 1
        guard parent == Example.root, case .object(let members) = try? JSONValue(reading: request.body) else {
            return .refusal(400, .invalidArgument, "bad")
        }
        let identity = JSONValue.object([.init("uid", .string(uid.text))] + members)
        state.identities[uid] = identity
        return .json(identity.compact)
    }

    private func bind(_ request: HTTPRequest, _ group: UIDP, _ state: inout State) -> ScriptedService.Answer {
        guard let body = try? JSONValue(reading: request.body), let identity = body.uidp("identityUid"),
            let role = body.uidp("roleUid")
        else { return .refusal(400, .invalidArgument, "bad") }
        let uid = Example.identity(1_000 + state.next)
        state.next += 1
        state.bindings[uid] = (identity, role)
        return .json(Self.binding(uid, (identity, role)).compact)
    }

    private static func binding(_ uid: UIDP, _ binding: (identity: UIDP, role: UIDP)) -> JSONValue {
        .object([
            "uid": .string(uid.text), "identity": .object(["uid": .string(binding.identity.text)]),
            "group": .object(["uid": .string(Example.root.text)]), "role": .object(["uid": .string(binding.role.text)]),
        ])
    }
}

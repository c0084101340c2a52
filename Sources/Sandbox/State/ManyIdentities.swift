import Chainguard
import FoundationEssentials

/// Identities by the thousand, for browsing a large organization: a team each, in folders of their own.
struct ManyIdentities: Sendable {
    let now: Date

    private static let environments = ["dev", "staging", "prod"]
    private static let services = [
        "billing", "checkout", "search", "catalog", "ledger", "mailer", "gateway", "reports", "images", "auth",
    ]

    /// Folders for the identities, and the identities.
    func add(_ count: Int, to state: inout SandboxState) {
        let folders = (0..<min(40, max(1, count / 50))).map { number in
            GroupRecord(
                uid: ExampleOrganization.below(ExampleOrganization.root, "folder team \(number)"),
                name: "team-\(number < 10 ? "0" : "")\(number)", description: "", verified: false)
        }
        state.groups += folders
        state.identities.reserveCapacity(state.identities.count + count)
        // In the order of their UIDPs, in which they are listed: what is in order is sorted quickly.
        for (first, folder) in folders.enumerated().sorted(by: { $0.element.uid < $1.element.uid }) {
            for number in stride(from: first, to: count, by: folders.count) {
                state.identities.append(identity(number, in: folder.uid))
            }
        }
    }

    private func identity(_ number: Int, in folder: UIDP) -> IdentityRecord {
        let service = Self.services[number / 3 % Self.services.count]
        let name = "\(service)-\(Self.environments[number % 3])-\(number)"
        let account = String(100_000_000_000 + number % 997 * 1_000_003)
        var record = IdentityRecord(
            name: name, description: "Deploys \(service)",
            awsIdentity: AWSIdentityRecord(
                account: account, arn: .pattern("^arn:aws:sts::\(account):assumed-role/\(name)/(.+)$"),
                userID: .pattern("^AROA[A-Z0-9]+:(.+)$")))
        let segment = String(number, radix: 16)
        record.uid = UIDP("\(folder)/\(String(repeating: "0", count: 16 - segment.count))\(segment)")
        record.createTime = Timestamp.format(now.addingTimeInterval(Double(-number % 900 - 1) * 86_400))
        record.lastSeenTime =
            number % 4 == 0 ? nil : Timestamp.format(now.addingTimeInterval(Double(-number % 90) * 3600))
        return record
    }
}

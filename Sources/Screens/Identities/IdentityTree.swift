import Chainguard

/// A row of the table: an identity, or in the tree also an organization or folder.
enum IdentityRow: Sendable, Hashable {
    /// By its place among the arrangement's identities.
    case identity(Int, depth: Int)
    indirect case group(UIDP, depth: Int, count: Int, isFolded: Bool)

    /// Of the same identity, organization or folder.
    func isSame(as other: IdentityRow) -> Bool {
        switch (self, other) {
        case (.identity(let index, _), .identity(let other, _)): index == other
        case (.group(let uid, _, _, _), .group(let other, _, _, _)): uid == other
        default: false
        }
    }
}

/// The identities under the organizations and folders that they stand in.
struct IdentityTree: Sendable {
    private struct Place: Sendable {
        var uid: UIDP
        var depth: Int
        var children: [Int] = []
    }

    private var places: [Place] = []
    private var roots: [Int] = []
    /// Where each identity stands, as an index into `places`.
    private var placeOf: [Int] = []

    /// - Parameter name: what an organization or folder is called, which is also their order.
    init(_ all: [AssumableIdentity], name: (UIDP) -> String) {
        var known: [UIDP: Int] = [:]
        var last: (uid: UIDP, place: Int)?
        placeOf.reserveCapacity(all.count)
        for identity in all {
            // Identities of one folder often follow each other.
            if let last, identity.uid.text.utf8.count == last.uid.text.utf8.count + 17,
                identity.uid.text.hasPrefix(last.uid.text)
            {
                placeOf.append(last.place)
                continue
            }
            let uid = identity.uid.parent ?? identity.uid
            let place = add(uid, &known)
            placeOf.append(place)
            last = (uid, place)
        }
        let order: (Int, Int) -> Bool = { [places] in
            (name(places[$0].uid), places[$0].uid) < (name(places[$1].uid), places[$1].uid)
        }
        roots.sort(by: order)
        for index in places.indices { places[index].children.sort(by: order) }
    }

    private mutating func add(_ uid: UIDP, _ known: inout [UIDP: Int]) -> Int {
        if let place = known[uid] { return place }
        let parent = uid.parent.map { add($0, &known) }
        let place = places.count
        places.append(Place(uid: uid, depth: parent.map { places[$0].depth + 1 } ?? 0))
        known[uid] = place
        if let parent { places[parent].children.append(place) } else { roots.append(place) }
        return place
    }

    /// - Parameter listed: the identities to show, in their order within a folder; places that hold none are left out.
    func rows(_ listed: [Int], folded: Set<UIDP>) -> [IdentityRow] {
        var held = Array(repeating: [Int](), count: places.count)
        for index in listed where placeOf.indices.contains(index) { held[placeOf[index]].append(index) }
        var counts = held.map(\.count)
        // Parents stand before their children, so the way back sums them up.
        for index in places.indices.reversed() {
            for child in places[index].children { counts[index] += counts[child] }
        }
        var rows: [IdentityRow] = []
        rows.reserveCapacity(listed.count + places.count)
        func walk(_ index: Int) {
            let place = places[index]
            guard counts[index] > 0 else { return }
            let isFolded = folded.contains(place.uid)
            rows.append(.group(place.uid, depth: place.depth, count: counts[index], isFolded: isFolded))
            guard !isFolded else { return }
            for child in place.children { walk(child) }
            rows += held[index].map { .identity($0, depth: place.depth + 1) }
        }
        for root in roots { walk(root) }
        return rows
    }
}

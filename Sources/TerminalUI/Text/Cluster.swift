/// What one cell (or two, when wide) holds: a character and the marks on it. Safe to draw.
struct Cluster: Equatable {
    var base: Unicode.Scalar
    var width: Int
    /// At most four: what an ncurses cell holds.
    var marks: [Unicode.Scalar] = []

    static let maximumMarks = 4

    var string: String {
        if marks.isEmpty { return String(base) }
        var view = String.UnicodeScalarView()
        view.append(base)
        view.append(contentsOf: marks)
        return String(view)
    }
}

/// Foreign text taken apart into what is drawn. The only way from a string to cells.
struct Clusters: Sequence, IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var upcoming: Unicode.Scalar?

    init(_ text: String) {
        scalars = text.unicodeScalars.makeIterator()
        upcoming = scalars.next()
    }

    mutating func next() -> Cluster? {
        while let scalar = upcoming {
            upcoming = scalars.next()
            if scalar == "\r", upcoming == "\n" { continue }
            switch ScalarRule.of(scalar) {
            case .leaveOut: continue
            case .attach:
                // A mark with nothing before it stands on nothing: it would land on a neighbour's cell.
                return completed(Cluster(base: "\u{FFFD}", width: 1))
            case .draw(let base, let width):
                return base.isASCII && isPlain(upcoming)
                    ? Cluster(base: base, width: width) : completed(Cluster(base: base, width: width))
            }
        }
        return nil
    }

    private func isPlain(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.value < 0x300 } ?? true
    }

    private mutating func completed(_ start: Cluster) -> Cluster {
        var cluster = start
        while let scalar = upcoming {
            if isSkinTone(scalar) && cluster.width == 2 {
                upcoming = scalars.next()
                continue
            }
            switch ScalarRule.of(scalar) {
            case .draw: return cluster
            case .leaveOut: break
            case .attach where cluster.marks.count < Cluster.maximumMarks: cluster.marks.append(scalar)
            case .attach: break
            }
            upcoming = scalars.next()
        }
        return cluster
    }

    /// Terminals disagree whether it merges with the emoji before it, so it is not drawn there.
    private func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
        (0x1F3FB...0x1F3FF).contains(scalar.value)
    }
}

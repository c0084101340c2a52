import AWSCaller
import Yams

/// A person's YAML file: whatever is wrong with it is told with file and line.
package struct YAMLFile {
    package let path: String
    /// The mapping that the file is; `nil` when there is nothing in it.
    package let root: Node?

    /// - Throws: `.usage` when the bytes are no YAML, or no mapping of names to values.
    package init(_ bytes: [UInt8], path: String) throws(Failure) {
        self.path = path
        let node: Node?
        do {
            node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
        } catch let error as YamlError {
            throw Self.wrong(error, path)
        } catch {
            throw Failure("\(path) is not YAML", detail: "\(error)", category: .usage)
        }
        guard let node, !Self.isNull(node) else {
            root = nil
            return
        }
        root = node
        guard node.mapping != nil else { throw wrong("the file is no mapping of names to values", node) }
    }

    package static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// `file:line`
    package func place(_ node: Node) -> String {
        node.mark.map { "\(path):\($0.line)" } ?? path
    }

    package func wrong(_ problem: String, _ node: Node) -> Failure {
        Failure("\(place(node)): \(problem)", remedy: "Correct the file", category: .usage)
    }

    private static func wrong(_ error: YamlError, _ path: String) -> Failure {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return Failure("\(path):\(mark.line): \(problem)", remedy: "Correct the file", category: .usage)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.joined(separator: ", ")
            return Failure(
                "\(path):\(context.mark.line): a name is there twice: \(names)", remedy: "Correct the file",
                category: .usage)
        default:
            return Failure("\(path) is not YAML", remedy: "Correct the file", detail: "\(error)", category: .usage)
        }
    }
}

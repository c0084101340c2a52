import AWSCaller
import Yams

/// chainctl's `config.yaml`: mappings in a mapping, names without regard to case.
enum ConfigurationFile {
    /// The settings that are known here; empty values count as unset, others are left alone.
    static func settings(
        _ bytes: [UInt8], path: String
    ) throws(Failure) -> [ChainctlConfiguration.Key: ChainctlConfiguration.Setting] {
        guard let root = try document(bytes, path: path) else { return [:] }
        var settings: [ChainctlConfiguration.Key: ChainctlConfiguration.Setting] = [:]
        for key in ChainctlConfiguration.Key.allCases {
            let names = key.rawValue.split(separator: ".").map(String.init)
            guard let node = try find(names, in: root, path: path) else { continue }
            guard let scalar = node.scalar else {
                throw wrong("\(key.rawValue) is not a text", node, path)
            }
            guard !scalar.string.isEmpty, !isNull(node) else { continue }
            settings[key] = ChainctlConfiguration.Setting(value: scalar.string, origin: place(node, path))
        }
        return settings
    }

    private static func document(_ bytes: [UInt8], path: String) throws(Failure) -> Node? {
        let node: Node?
        do {
            node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
        } catch let error as YamlError {
            throw wrong(error, path)
        } catch {
            throw Failure("\(path) is not YAML", detail: "\(error)", category: .usage)
        }
        guard let node, !isNull(node) else { return nil }
        guard node.mapping != nil else { throw wrong("the file is no mapping of names to values", node, path) }
        return node
    }

    private static func find(_ names: [String], in node: Node, path: String) throws(Failure) -> Node? {
        guard let name = names.first else { return node }
        if isNull(node) { return nil }
        guard let mapping = node.mapping else { throw wrong("a mapping with \(name) is expected here", node, path) }
        guard let child = mapping.first(where: { $0.key.string?.lowercased() == name })?.value else { return nil }
        return try find(Array(names.dropFirst()), in: child, path: path)
    }

    private static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    private static func place(_ node: Node, _ path: String) -> String {
        node.mark.map { "\(path):\($0.line)" } ?? path
    }

    private static func wrong(_ problem: String, _ node: Node, _ path: String) -> Failure {
        Failure("\(place(node, path)): \(problem)", remedy: "Correct the file", category: .usage)
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

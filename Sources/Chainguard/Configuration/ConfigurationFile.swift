import AWSCaller
import Yams

/// chainctl's `config.yaml`: mappings in a mapping, names without regard to case.
enum ConfigurationFile {
    /// The settings that are known here; empty values count as unset, others are left alone.
    static func settings(
        _ bytes: [UInt8], path: String
    ) throws(Failure) -> [ChainctlConfiguration.Key: ChainctlConfiguration.Setting] {
        let file = try YAMLFile(bytes, path: path)
        guard let root = file.root else { return [:] }
        var settings: [ChainctlConfiguration.Key: ChainctlConfiguration.Setting] = [:]
        for key in ChainctlConfiguration.Key.allCases {
            let names = key.rawValue.split(separator: ".").map(String.init)
            guard let node = try find(names, in: root, file) else { continue }
            guard let scalar = node.scalar else {
                throw file.wrong("\(key.rawValue) is not a text", node)
            }
            guard !scalar.string.isEmpty, !YAMLFile.isNull(node) else { continue }
            settings[key] = ChainctlConfiguration.Setting(value: scalar.string, origin: file.place(node))
        }
        return settings
    }

    private static func find(_ names: [String], in node: Node, _ file: YAMLFile) throws(Failure) -> Node? {
        guard let name = names.first else { return node }
        if YAMLFile.isNull(node) { return nil }
        guard let mapping = node.mapping else { throw file.wrong("a mapping with \(name) is expected here", node) }
        guard let child = mapping.first(where: { $0.key.string?.lowercased() == name })?.value else { return nil }
        return try find(Array(names.dropFirst()), in: child, file)
    }
}

import TestSupport
import Testing

@testable import AWSCaller

/// The config parser over bytes and files that nobody chose.
@Suite struct ConfigPropertyTests {
    private func parse(_ bytes: [UInt8], as kind: ConfigParser.FileKind) -> Result<ConfigParser.Sections, Failure> {
        do throws(Failure) {
            return .success(try ConfigParser.parse(bytes, as: kind, file: "f"))
        } catch {
            return .failure(error)
        }
    }

    /// Whatever is read has valid names and places within the file; whatever is refused names the file.
    private func checkSanity(_ bytes: [UInt8], _ kind: ConfigParser.FileKind) {
        switch parse(bytes, as: kind) {
        case .success(let sections):
            for section in sections.values.flatMap(\.values) {
                #expect(ConfigHeader.isValidName(section.name))
                for (name, value) in section.properties {
                    #expect(ConfigHeader.isValidName(name) && name == name.lowercased())
                    #expect(value.location.hasPrefix("f:"))
                }
            }
        case .failure(let failure): #expect(failure.what.hasPrefix("f:") || failure.what.hasPrefix("f is not UTF-8"))
        }
    }

    @Test(arguments: [ConfigParser.FileKind.config, .credentials])
    func anyBytesAreReadOrRefused(_ kind: ConfigParser.FileKind) {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<2_000 {
            let length = Int.random(in: 0...80, using: &generator)
            checkSanity((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }, kind)
        }
    }

    @Test func aBentFileIsReadOrRefused() {
        var generator = SeededGenerator(seed: 22)
        for _ in 0..<500 {
            let file = GeneratedConfig(using: &generator)
            var bytes = Array(file.text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...127, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
                }
            }
            checkSanity(bytes, .config)
        }
    }

    @Test func aFileMeansWhatItWasWrittenToMean() throws {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<500 {
            let file = GeneratedConfig(using: &generator)
            let sections = try parse(Array(file.text.utf8), as: .config).get()
            let read = sections.mapValues { $0.mapValues { $0.properties.mapValues(\.text) } }
            #expect(read == file.meaning, "\(file.text)")
        }
    }
}

/// A config file with what it means: sections of each kind, repeated, with comments, odd spacing, continuation lines,
/// nested values, and sections and properties that are to be ignored.
private struct GeneratedConfig {
    typealias Meaning = [ConfigSectionKind: [String: [String: String]]]

    private(set) var meaning: Meaning = [:]
    private var lines: [String] = []
    private let lineEnd: String

    var text: String { lines.map { $0 + lineEnd }.joined() }

    init(using generator: inout SeededGenerator) {
        lineEnd = Bool.random(using: &generator) ? "\n" : "\r\n"
        for _ in 0..<Int.random(in: 0...5, using: &generator) { addSection(using: &generator) }
    }

    private func space(_ generator: inout SeededGenerator, least: Int = 0) -> String {
        (0..<Int.random(in: least...2, using: &generator)).map { _ in Bool.random(using: &generator) ? " " : "\t" }
            .joined()
    }

    private func comment(_ generator: inout SeededGenerator) -> String {
        Int.random(in: 0..<3, using: &generator) > 0 ? "" : (Bool.random(using: &generator) ? " # a=[b]" : "\t; c")
    }

    private mutating func addSection(using generator: inout SeededGenerator) {
        let kinds: [ConfigSectionKind?] = [.profile, .profile, .ssoSession, .services, nil]
        let kind = kinds.randomElement(using: &generator)!
        let name = ["one", "two/3.%", "A-b_c@d:e+f"].randomElement(using: &generator)!
        let title = "\(kind?.rawValue ?? "plugins")\(space(&generator, least: 1))\(name)"
        lines.append("[\(space(&generator))\(title)\(space(&generator))]\(comment(&generator))")
        if let kind { meaning[kind, default: [:]][name, default: [:]].merge([:]) { $1 } }
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            addNoise(using: &generator)
            let property = addProperty(using: &generator)
            if let kind, let (name: key, value: value) = property { meaning[kind]?[name]?[key] = value }
        }
    }

    private mutating func addNoise(using generator: inout SeededGenerator) {
        let noise = ["", " \t", "# x = y", "; [z]"].randomElement(using: &generator)!
        if Bool.random(using: &generator) { lines.append(noise) }
    }

    /// - Returns: `nil` for a property that is to be ignored.
    private mutating func addProperty(using generator: inout SeededGenerator) -> (name: String, value: String)? {
        let key = ["region", "Key.2", "s3", "in valid"].randomElement(using: &generator)!
        let equals = "\(space(&generator))=\(space(&generator))"
        if Int.random(in: 0..<5, using: &generator) == 0 {
            lines.append("\(key)\(equals)\(comment(&generator))")
            let nested = (0..<Int.random(in: 1...2, using: &generator)).map { "inner\($0) = v#\($0)" }
            for line in nested { lines.append("\(space(&generator, least: 1))\(line)\(space(&generator))") }
            return key.contains(" ") ? nil : (key.lowercased(), "\n" + nested.joined(separator: "\n"))
        }
        var value = "v" + generator.text(from: "az=[]#;ሴ😂", upTo: 7)
        lines.append("\(key)\(equals)\(value)\(comment(&generator))")
        for _ in 0..<Int.random(in: 0...1, using: &generator) {
            let more = "m" + generator.text(from: "az=[] #;ሴ", upTo: 6) + "m"
            lines.append("\(space(&generator, least: 1))\(more)\(space(&generator))")
            value += "\n" + more
        }
        return key.contains(" ") ? nil : (key.lowercased(), value)
    }
}

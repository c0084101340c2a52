import AWSCaller
import Crypto
import FoundationEssentials

/// A configuration file that stands in the current folder and leads tokens to other hosts than chainctl's own.
///
/// Whoever wrote that folder, of a cloned repository for instance, would get the proofs and tokens that are sent there.
public struct UntrustedConfiguration: Sendable, Hashable {
    /// Absolute.
    public var path: String
    /// What it sets, in the order of the keys.
    public var hosts: [(key: ChainctlConfiguration.Key, value: String)] { settings.map { ($0.key, $0.value) } }
    /// Names path and content together: another content is asked for anew.
    public var fingerprint: String

    private struct HostSetting: Sendable, Hashable {
        var key: ChainctlConfiguration.Key
        var value: String
    }
    private var settings: [HostSetting]

    /// - Returns: `nil` when the configuration is from elsewhere, or leads to no other host.
    init?(_ configuration: ChainctlConfiguration, content: [UInt8], folder: String) {
        guard configuration.isFromWorkingFolder, let source = configuration.path else { return nil }
        let keys: [ChainctlConfiguration.Key] = [.api, .audience, .issuer, .console, .registry]
        settings = keys.compactMap { key in
            guard let setting = configuration.settings[key], setting.origin.hasPrefix(source) else { return nil }
            return setting.value == Self.standard(key) ? nil : HostSetting(key: key, value: setting.value)
        }
        guard !settings.isEmpty else { return nil }
        path = folder + source.dropFirst()
        fingerprint = Hex.encode(SHA256.hash(data: Array(path.utf8) + [0] + content))
    }

    private static func standard(_ key: ChainctlConfiguration.Key) -> String? {
        let defaults = ChainguardEndpoints()
        return switch key {
        case .api: defaults.api
        case .audience: defaults.audience
        case .issuer: defaults.issuer
        case .console: defaults.console
        case .registry: defaults.registry
        case .defaultGroup: nil
        }
    }
}

/// The configuration files that a person agreed to, by fingerprint, one a line.
public struct ConfigurationConsents: Sendable, Hashable {
    static let maximumBytes = 1 << 20

    let path: String

    /// - Parameter folder: `…/cgid` in the state folder; see `CreationJournal.folder(environment:)`.
    public init(folder: String) {
        path = folder + "/trusted-configurations"
    }

    /// Whether the person agreed to exactly this configuration before.
    public func holds(_ configuration: UntrustedConfiguration) -> Bool {
        lines.contains(configuration.fingerprint)
    }

    /// Remembers that the person agreed to it, as it is now.
    public func add(_ configuration: UntrustedConfiguration) throws(Failure) {
        let text = (lines + [configuration.fingerprint]).map { $0 + "\n" }.joined()
        try PrivateFile.write(Array(text.utf8), to: path)
    }

    private var lines: [String] {
        guard let contents = (try? PrivateFile.read(path, limit: Self.maximumBytes)) ?? nil else { return [] }
        return String(decoding: contents.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

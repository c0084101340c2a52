import AWSCaller
import Crypto
import FoundationEssentials

/// A whole image of a few hundred bytes, so that it can be pulled: a manifest, its configuration and one empty layer
/// (OCI Image Specification 1.1).
struct ExampleImage: Sendable {
    /// Content, and the digest that it is asked for by.
    struct Blob: Sendable {
        let type: String
        let bytes: [UInt8]
        let digest: String

        init(_ type: String, _ bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
            digest = "sha256:" + Hex.encode(SHA256.hash(data: bytes))
        }

        fileprivate var descriptor: String {
            #"{"mediaType":"\#(type)","digest":"\#(digest)","size":\#(bytes.count)}"#
        }
    }

    /// An archive without files.
    private static let layer = Blob("application/vnd.oci.image.layer.v1.tar", [UInt8](repeating: 0, count: 1024))

    let manifest: Blob
    private let configuration: Blob

    /// What the manifest names.
    var blobs: [Blob] { [configuration, Self.layer] }

    /// - Parameters: the sandbox's own names, which need no escapes in JSON.
    init(repository: String, version: String) {
        let labels =
            #"{"org.opencontainers.image.title":"\#(repository)","org.opencontainers.image.version":"\#(version)"}"#
        configuration = Blob(
            "application/vnd.oci.image.config.v1+json",
            Array(
                (#"{"architecture":"amd64","os":"linux","config":{"Labels":\#(labels)},"#
                    + #""rootfs":{"type":"layers","diff_ids":["\#(Self.layer.digest)"]}}"#).utf8))
        manifest = Blob(
            "application/vnd.oci.image.manifest.v1+json",
            Array(
                (#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","#
                    + #""config":\#(configuration.descriptor),"layers":[\#(Self.layer.descriptor)]}"#).utf8))
    }
}

/// One of AWS's separate worlds: its own regions, host names and credentials. Data as in the SDKs' `partitions.json`.
public struct Partition: Sendable, Hashable {
    /// `aws`, `aws-cn`, …: the second part of an ARN.
    public var id: String
    /// As a person calls it.
    public var name: String
    /// What its host names end in: `amazonaws.com`.
    public var dnsSuffix: String
    /// The same of host names that are reached over IPv6 too: `api.aws`.
    public var dualStackSuffix: String
    /// What its region names begin with; empty for the commercial partition, which holds every other region.
    public var regionPrefix: String
    /// Where the partition's global services are signed for.
    public var globalRegion: String

    /// Every partition that is known here, `aws` first.
    public static let all: [Partition] = [
        Partition("aws", "AWS", "amazonaws.com", "api.aws", "", "us-east-1"),
        Partition(
            "aws-cn", "AWS China", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-", "cn-northwest-1"),
        Partition("aws-us-gov", "AWS GovCloud (US)", "amazonaws.com", "api.aws", "us-gov-", "us-gov-west-1"),
        Partition(
            "aws-eusc", "AWS European Sovereign Cloud", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-",
            "eusc-de-east-1"),
        Partition("aws-iso", "AWS ISO (US)", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-", "us-iso-east-1"),
        Partition("aws-iso-b", "AWS ISOB (US)", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-", "us-isob-east-1"),
        Partition(
            "aws-iso-e", "AWS ISOE (Europe)", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-",
            "eu-isoe-west-1"),
        Partition(
            "aws-iso-f", "AWS ISOF", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-", "us-isof-south-1"),
    ]

    private init(
        _ id: String, _ name: String, _ dnsSuffix: String, _ dualStackSuffix: String, _ regionPrefix: String,
        _ globalRegion: String
    ) {
        self.id = id
        self.name = name
        self.dnsSuffix = dnsSuffix
        self.dualStackSuffix = dualStackSuffix
        self.regionPrefix = regionPrefix
        self.globalRegion = globalRegion
    }

    /// - Returns: `nil` for an id that is not in the table.
    public init?(id: String) {
        guard let known = Self.all.first(where: { $0.id == id }) else { return nil }
        self = known
    }

    /// The partition a region lies in, by the shape of its name, so that a region opened tomorrow is placed too. A
    /// name with no partition's own prefix is commercial, as in the SDKs' `aws.partition` function.
    /// - Returns: `nil` when the text can't be a region: it would become part of a host name.
    public static func ofRegion(_ region: String) -> Partition? {
        guard isRegionName(region) else { return nil }
        let special = all.first { partition in
            guard !partition.regionPrefix.isEmpty else { return false }
            return region.hasPrefix(partition.regionPrefix) || region == partition.id + "-global"
        }
        return special ?? all[0]
    }

    /// `sts.<region>.<suffix>`. The global host of the commercial partition is ``STSEndpoint/globalHost``.
    public func stsHost(region: String) -> String {
        "sts.\(region).\(dnsSuffix)"
    }

    /// A DNS label of lower-case letters, digits and hyphens.
    static func isRegionName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
}

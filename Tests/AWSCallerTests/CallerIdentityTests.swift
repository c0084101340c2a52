import Testing

@testable import AWSCaller

@Suite struct CallerIdentityTests {
    private func identity(_ arn: String, userID: String = "AIDAEXAMPLE") throws -> CallerIdentity {
        CallerIdentity(account: "012345678901", arn: try #require(ARN(arn)), userID: userID)
    }

    @Test(arguments: [
        ("arn:aws:iam::012345678901:root", CallerIdentity.Kind.root),
        ("arn:aws:iam::012345678901:user/ann", .user(path: "/", name: "ann")),
        ("arn:aws:iam::012345678901:user/ops/eu/ann", .user(path: "/ops/eu/", name: "ann")),
        ("arn:aws:sts::012345678901:assumed-role/deploy/i-0abc", .assumedRole(name: "deploy", session: "i-0abc")),
        ("arn:aws:sts::012345678901:federated-user/bob", .federatedUser(name: "bob")),
        (
            "arn:aws:sts::012345678901:assumed-role/aws:ec2-instance/i-0a",
            .assumedRole(name: "aws:ec2-instance", session: "i-0a")
        ),
        ("arn:aws:sts::012345678901:assumed-role/deploy", .other),
        ("arn:aws:iam::012345678901:user/", .other),
        ("arn:aws:iam::012345678901:role/deploy", .other),
    ])
    func tellsKindsApart(_ arn: String, _ kind: CallerIdentity.Kind) throws {
        #expect(try identity(arn).kind == kind)
    }

    @Test func takesAnAssumedRoleApart() throws {
        let caller = try identity(
            "arn:aws-cn:sts::012345678901:assumed-role/deploy/build-7", userID: "AROAEXAMPLE:build-7")
        #expect(caller.partition == "aws-cn")
        #expect(caller.roleName == "deploy")
        #expect(caller.sessionName == "build-7")
        #expect(caller.uniqueID == "AROAEXAMPLE")
        #expect(caller.userName == nil)
        #expect(caller.permissionSet == nil)
    }

    @Test(arguments: [
        ("AWSReservedSSO_Admin_0123456789abcdef", "Admin"),
        ("AWSReservedSSO_Read_Only_x_0123456789abcdef", "Read_Only_x"),
    ])
    func findsThePermissionSet(_ role: String, _ set: String) throws {
        #expect(try identity("arn:aws:sts::012345678901:assumed-role/\(role)/ann").permissionSet == set)
    }

    @Test(arguments: [
        "AWSReservedSSO_Admin_0123456789abcde", "AWSReservedSSO_0123456789abcdef", "AWSReservedSSO_A_0123456789abcdeg",
        "Admin_0123456789abcdef",
    ])
    func findsNoPermissionSetInOtherRoles(_ role: String) throws {
        #expect(try identity("arn:aws:sts::012345678901:assumed-role/\(role)/ann").permissionSet == nil)
    }
}

@Suite struct PartitionTests {
    @Test(arguments: [
        ("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eusc-de-east-1", "aws-eusc"),
        ("us-iso-east-1", "aws-iso"), ("us-isob-east-1", "aws-iso-b"), ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"), ("mx-north-9", "aws"), ("xx-new-1", "aws"), ("aws-global", "aws"),
        ("aws-cn-global", "aws-cn"), ("us-gov-new-7", "aws-us-gov"),
    ])
    func placesRegionsByRule(_ region: String, _ partition: String) {
        #expect(Partition.ofRegion(region)?.id == partition)
    }

    @Test(arguments: ["", "us east 1", "us-east-1.evil.example", "evil/", "US-EAST-1", "-a", "a-", "ሴ"])
    func placesNothingThatIsNoRegion(_ text: String) {
        #expect(Partition.ofRegion(text) == nil)
    }

    @Test func namesSTSHosts() {
        #expect(Partition(id: "aws-cn")?.stsHost(region: "cn-north-1") == "sts.cn-north-1.amazonaws.com.cn")
        #expect(Partition(id: "aws-iso-e")?.stsHost(region: "eu-isoe-west-1") == "sts.eu-isoe-west-1.cloud.adc-e.uk")
        #expect(Partition(id: "aws-mars") == nil)
    }
}

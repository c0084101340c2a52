/// The role of an EC2 instance, from its metadata service.
enum InstanceMetadataSource {
    static let noRole = "the instance has no role: no instance profile is attached to it"

    static func examine(_ settings: ChainSettings) -> Examination {
        if settings.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            return .absent("AWS_EC2_METADATA_DISABLED is true")
        }
        do throws(Failure) {
            let metadata = try InstanceMetadataSettings(settings)
            let context = settings.context
            return .ready([metadata.origin]) { () async throws(Failure) in
                var session = InstanceMetadataSession(settings: metadata, context: context)
                return try await session.credentials()
            }
        } catch {
            return .broken(error, [])
        }
    }
}

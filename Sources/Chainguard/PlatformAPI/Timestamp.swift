import AWSCaller

/// RFC 3339 moments, as Chainguard's services write them too.
public typealias Timestamp = AWSCaller.Timestamp

import AWSCaller

/// Every failure of naming, signing in, logging in, being somebody at AWS and being served over the network that is
/// known beforehand: one list, from which failures are made and the documentation is written.
public enum ErrorCatalogue {
    /// Every failure that has a code, in the order of the README.
    public static let all: [Problem] =
        Problem.login + Problem.names + Problem.credentials + Problem.sts + Problem.service
        + Problem.network

    /// As a Markdown table: the code, what is seen, why, what to do. What is filled in stands in capitals.
    public static var markdown: String {
        let rows = all.map { problem in
            "| `\(problem.code)` | \(plain(problem.what)) | \(problem.cause) | \(plain(problem.remedy)) |"
        }
        return (["| code | what it looks like | why | what helps |", "|---|---|---|---|"] + rows).joined(
            separator: "\n")
    }

    private static func plain(_ text: String) -> String {
        text.replacing(/\{(\w+)\}/) { "\($0.output.1)".uppercased() }
    }
}

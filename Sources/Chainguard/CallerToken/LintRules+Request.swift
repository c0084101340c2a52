import Transport

extension LintRules {
    /// The request line, the lines themselves, and who the request was made for.
    static func request(_ subject: LintSubject) -> [TokenFinding] {
        [method, host, target, version, lines, body, relyingParty, accept].flatMap { $0(subject) }
    }

    private static func method(_ subject: LintSubject) -> [TokenFinding] {
        guard subject.request.method != "POST" else { return [] }
        return [
            subject.finding(
                .method, "request line", "The method is \(subject.request.method); Chainguard accepts only POST.",
                "Sign a POST request.")
        ]
    }

    private static func host(_ subject: LintSubject) -> [TokenFinding] {
        let host = subject.request.host
        guard !host.isEmpty else {
            return [
                subject.finding(
                    .missingHost, "header Host", "The request names no host.", "Add Host: \(subject.stsHost).")
            ]
        }
        guard host != subject.stsHost else { return [] }
        let isRegional = host.hasPrefix("sts.") || host.hasPrefix("sts-fips.")
        return [
            subject.finding(
                .host, "header Host",
                isRegional
                    ? "The request is for \(host); the verifier accepts only \(subject.stsHost) unless configured "
                        + "otherwise."
                    : "The host \(host) is not \(subject.stsHost).",
                "Sign for \(subject.stsHost), with the region us-east-1 when it is the global host.")
        ]
    }

    private static func target(_ subject: LintSubject) -> [TokenFinding] {
        let target = subject.request.target
        guard target != TokenHeader.target else { return [] }
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1).split(separator: "&")
        if target.contains("://") {
            return [
                subject.finding(
                    .absoluteTarget, "request line",
                    "The target is a whole URL, whose host replaces the Host header.",
                    "Write \(TokenHeader.target).")
            ]
        }
        let action = query.first { $0.hasPrefix("Action=") }
        if path == "/", Set(query) == ["Action=GetCallerIdentity", "Version=2011-06-15"] { return [] }
        return [
            subject.finding(
                action == "Action=GetCallerIdentity" ? .path : .action, "request line",
                "The target is \(target). Chainguard does not look at it, but sends its own to STS, so the signature "
                    + "will not fit.",
                "Sign \(TokenHeader.target).")
        ]
    }

    private static func version(_ subject: LintSubject) -> [TokenFinding] {
        let version = subject.request.version
        guard version != "HTTP/1.1", version != "HTTP/2", version != "HTTP/3" else { return [] }
        return [
            subject.finding(
                .httpVersion, "request line", "The request line says \(version) instead of HTTP/1.1.",
                "Write HTTP/1.1.")
        ]
    }

    private static func lines(_ subject: LintSubject) -> [TokenFinding] {
        let head = subject.request.head
        var findings: [TokenFinding] = []
        let breaks = zip(head.indices, head).filter { $0.1 == 0x0A }.map(\.0)
        if let bare = breaks.first(where: { $0 == head.startIndex || head[$0 - 1] != 0x0D }) {
            findings.append(
                subject.finding(
                    .lfLineEnds, "line end", "Lines end in LF alone; Chainguard reads them, others may not.",
                    "End lines in CRLF.", offset: bare))
        }
        if let folded = breaks.first(where: { $0 + 1 < head.endIndex && [0x20, 0x09].contains(head[$0 + 1]) }) {
            findings.append(
                subject.finding(
                    .foldedHeader, "folded line", "A header goes on in the next line; RFC 9112 forbids it.",
                    "Write it in one line.", offset: folded + 1))
        }
        return findings
    }

    private static func body(_ subject: LintSubject) -> [TokenFinding] {
        guard !subject.request.body.isEmpty else { return [] }
        return [
            subject.finding(
                .body, "after the headers",
                "\(subject.request.body.count) bytes follow the headers. The verifier does not look at them, and they "
                    + "are not part of what is checked.",
                "End the request with the empty line.")
        ]
    }

    private static func relyingParty(_ subject: LintSubject) -> [TokenFinding] {
        let parties = [
            ("X-Vault-Aws-Iam-Server-Id", "HashiCorp Vault"), ("X-K8s-Aws-Id", "aws-iam-authenticator (EKS)"),
            ("X-Teleport-Challenge", "Teleport"),
        ]
        return parties.filter { subject.value($0.0) != nil }.map { header, party in
            let isBound = subject.signed.isSuperset(of: ["chainguard-audience", "chainguard-identity"])
            let explanation = "The request was signed for \(party)."
            return isBound
                ? subject.finding(
                    .alsoForOthers, "header \(header)", explanation + " It can be shown to either.",
                    "Sign one for Chainguard alone.")
                : subject.finding(
                    .otherRelyingParty, "header \(header)",
                    explanation + " Chainguard refuses requests that were not signed for it.",
                    "Sign one for Chainguard alone.")
        }
    }

    private static func accept(_ subject: LintSubject) -> [TokenFinding] {
        guard let accept = subject.value(TokenHeader.accept) else {
            return [
                subject.finding(
                    .noAccept, "header Accept",
                    "Without Accept: application/json STS answers in XML, which Chainguard can't read.",
                    "Sign the header Accept: application/json.")
            ]
        }
        guard !accept.contains(TokenHeader.json) else { return [] }
        return [
            subject.finding(
                .acceptNotJson, "header Accept",
                "Accept is \(accept): STS will answer in XML, which Chainguard can't read.",
                "Sign Accept: application/json.")
        ]
    }
}

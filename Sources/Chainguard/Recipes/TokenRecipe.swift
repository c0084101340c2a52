import AWSCaller

/// With what a shell script makes a caller token.
public enum TokenScript: String, Sendable, Hashable, CaseIterable {
    case openssl
    case curl

    public var title: String { rawValue }

    /// What has to be there, and what is done with it.
    public var requirement: String {
        switch self {
        case .openssl: "Needs a POSIX shell and openssl. Nothing is sent."
        case .curl:
            "Needs a POSIX shell, awk, base64, and curl 7.86 or newer: older ones sign only host and x-amz-date. The "
                + "request goes to STS, which so checks the keys."
        }
    }
}

extension Recipes {
    /// A POSIX shell script that prints a caller token, made with nothing of cgid.
    ///
    /// The keys come from the variables that the AWS tools use. What a hand-made token usually gets wrong is right
    /// here: CRLF and the closing empty line, padded base64url on one line, no empty security token header, and with
    /// curl HTTP/1.1 and no key among its arguments.
    /// - Parameters:
    ///   - identity: the identity to become.
    ///   - audience: the issuer that may accept the token.
    public static func tokenScript(identity: UIDP, audience: String, with tool: TokenScript = .openssl) -> String {
        switch tool {
        case .openssl: opensslScript(identity: identity, audience: audience)
        case .curl: curlScript(identity: identity, audience: audience)
        }
    }

    private static func opensslScript(identity: UIDP, audience: String) -> String {
        """
        # Prints a token that is good for 15 minutes. Needs AWS_ACCESS_KEY_ID,
        # AWS_SECRET_ACCESS_KEY and, with temporary keys, AWS_SESSION_TOKEN. While
        # openssl runs, its arguments show derived keys to this host's users.
        set -eu
        audience=\(ShellText.quoted(audience))
        identity=\(identity)
        date=$(date -u +%Y%m%dT%H%M%SZ)
        scope="${date%T*}/us-east-1/sts/aws4_request"
        hex() { od -An -v -tx1 | tr -d ' \\n'; }
        sha256() { openssl dgst -sha256 -binary | hex; }
        hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" -binary | hex; }

        signed='accept;chainguard-audience;chainguard-identity;host;x-amz-date'
        session=''
        if [ -n "${AWS_SESSION_TOKEN:-}" ]; then
          signed="$signed;x-amz-security-token"
          session=$(printf 'x-amz-security-token:%s' "$AWS_SESSION_TOKEN")
        fi
        canonical() {
          printf 'POST\\n/\\nAction=GetCallerIdentity&Version=2011-06-15\\naccept:application/json\\n'
          printf 'chainguard-audience:%s\\nchainguard-identity:%s\\n' "$audience" "$identity"
          printf 'host:sts.amazonaws.com\\nx-amz-date:%s\\n' "$date"
          [ -z "$session" ] || printf '%s\\n' "$session"
          printf '\\n%s\\n%s' "$signed" "$(printf '' | sha256)"
        }
        key=$(printf 'AWS4%s' "$AWS_SECRET_ACCESS_KEY" | hex)
        for part in "${date%T*}" us-east-1 sts aws4_request; do key=$(printf '%s' "$part" | hmac "$key"); done
        signature=$(printf 'AWS4-HMAC-SHA256\\n%s\\n%s\\n%s' "$date" "$scope" "$(canonical | sha256)" | hmac "$key")

        request() {
          printf 'POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1\\r\\nHost: sts.amazonaws.com\\r\\n'
          printf 'Accept: application/json\\r\\n'
          printf 'Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, ' "$AWS_ACCESS_KEY_ID" "$scope"
          printf 'SignedHeaders=%s, Signature=%s\\r\\n' "$signed" "$signature"
          printf 'Chainguard-Audience: %s\\r\\nChainguard-Identity: %s\\r\\n' "$audience" "$identity"
          printf 'X-Amz-Date: %s\\r\\n' "$date"
          [ -z "$session" ] || printf 'X-Amz-Security-Token: %s\\r\\n' "$AWS_SESSION_TOKEN"
          printf '\\r\\n'
        }
        request | openssl base64 -A | tr '+/' '-_'
        echo

        """
    }

    /// curl says what it sends when it is verbose; that is the token.
    private static func curlScript(identity: UIDP, audience: String) -> String {
        #"""
        # Prints a token that is good for 15 minutes. Needs AWS_ACCESS_KEY_ID,
        # AWS_SECRET_ACCESS_KEY and, with temporary keys, AWS_SESSION_TOKEN; curl
        # reads them from its standard input. Asks STS, or AWS_ENDPOINT_URL_STS.
        set -eu
        audience=\#(ShellText.quoted(audience))
        identity=\#(identity)
        sts=${AWS_ENDPOINT_URL_STS:-https://sts.amazonaws.com}
        call='Action=GetCallerIdentity&Version=2011-06-15'
        fail() { echo "$1" >&2; exit 1; }

        # curl 7.75 to 7.85 signs only host and x-amz-date.
        recent='NR == 1 { split($2, v, "."); exit !(v[1] * 1000 + v[2] >= 7086) }'
        curl --version | awk "$recent" || fail 'curl 7.86 or newer is needed'

        keys() {
          printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
          [ -z "${AWS_SESSION_TOKEN:-}" ] ||
            printf 'header = "X-Amz-Security-Token: %s"\n' "$AWS_SESSION_TOKEN"
        }
        sent=$(keys | curl --config - --aws-sigv4 aws:amz:us-east-1:sts --http1.1 \
          --header 'Host: sts.amazonaws.com' --header 'Accept: application/json' \
          --header "Chainguard-Audience: $audience" \
          --header "Chainguard-Identity: $identity" --request POST \
          --fail --silent --show-error --verbose --output /dev/null \
          "$sts/?$call" 2>&1) || fail 'STS did not answer, or refused the request'

        # What curl says it sent is the token: CRLF, no line that is not the request.
        lines='/^> POST / { on = 1 }
          on && /^> / { sub(/^> /, ""); sub(/\r$/, ""); printf "%s\r\n", $0 }'
        printf '%s\n' "$sent" | awk "$lines" | base64 | tr -d '\n' | tr '+/' '-_'
        echo

        """#
    }
}

extension Recipes {
    /// A POSIX shell script that prints a caller token, made with openssl and nothing of cgid.
    ///
    /// The keys come from the variables that the AWS tools use. What a hand-made token usually gets wrong is right
    /// here: CRLF and the closing empty line, padded base64url on one line, no empty security token header.
    /// - Parameters:
    ///   - identity: the identity to become.
    ///   - audience: the issuer that may accept the token.
    public static func tokenScript(identity: UIDP, audience: String) -> String {
        """
        # Prints a token that is good for 15 minutes. Needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, with temporary
        # credentials, AWS_SESSION_TOKEN. While openssl runs, its arguments show derived keys to this host's users.
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
}

import AWSCaller
import Synchronization

/// What the last token was made with: a template serves one caller and identity, a signing key one secret and day,
/// and making either costs more than signing.
final class CallerTokenMemory: Sendable {
    private struct State {
        var template: CallerTokenTemplate?
        var key: Key?
    }

    private struct Key {
        var secret: Secret
        var day: [UInt8]
        var region: String
        var signing: SigningKey
    }

    private let state = Mutex(State())

    func template(identity: String, credentials: AWSCredentials) -> CallerTokenTemplate? {
        state.withLock { state in
            guard let template = state.template, template.serves(identity, credentials) else { return nil }
            return template
        }
    }

    func keep(_ template: CallerTokenTemplate) {
        state.withLock { $0.template = template }
    }

    /// - Parameter amzDate: `yyyymmddThhmmssZ`.
    func key(for template: CallerTokenTemplate, amzDate: [UInt8]) -> SigningKey {
        let secret = template.credentials.secretAccessKey
        return state.withLock { state in
            if let key = state.key, amzDate.starts(with: key.day), key.region == template.region, key.secret == secret {
                return key.signing
            }
            let day = Array(amzDate.prefix(8))
            let signing = SigningKey(
                secret: secret, date: String(decoding: day, as: UTF8.self), region: template.region, service: "sts")
            state.key = Key(secret: secret, day: day, region: template.region, signing: signing)
            return signing
        }
    }
}

import TerminalUI

/// Everything that can change the app.
public enum Event: Sendable {
    /// Sent once, before the first frame.
    case start
    case input(InputEvent)
    /// A job's answer; `isLast` when nothing more comes under this id.
    case answer(EffectID, Answer, isLast: Bool)
    /// The ids that servers gave to the job's requests; sent before its last answer.
    case requested(EffectID, [String])
    /// The time that `Effect.tick` asked for has passed.
    case tick
}

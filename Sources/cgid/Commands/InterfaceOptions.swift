import ArgumentParser
import TerminalUI

/// The flags of the interface; each beats what the preferences say.
struct InterfaceOptions: ParsableArguments, Sendable {
    @Flag(inversion: .prefixedNo, help: "Offer nothing that changes anything at Chainguard.")
    var readOnly: Bool?

    @Option(
        help: "Colour theme: standard, high-contrast, mono, or one of your own.",
        completion: .list(Theme.all.map(\.name)))
    var theme: String?

    @Flag(help: "Ask line by line: for screen readers, and for terminals that can do no more.")
    var plain = false

    @Flag(inversion: .prefixedNo, help: "Let the mouse select and scroll.")
    var mouse: Bool?
}

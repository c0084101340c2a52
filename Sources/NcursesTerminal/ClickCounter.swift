import TerminalUI

/// Tells a double click: two at one place within 400 ms.
struct ClickCounter {
    private var last: (place: Point, time: ContinuousClock.Instant)?

    mutating func click(at place: Point, time: ContinuousClock.Instant) -> MouseEvent {
        if let last, last.place == place, last.time.duration(to: time) < .milliseconds(400) {
            self.last = nil
            return MouseEvent(.doubleClick, at: place)
        }
        last = (place, time)
        return MouseEvent(.click, at: place)
    }
}

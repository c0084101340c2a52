import TerminalUI

/// Where the parts that are always there stand: two rows of header, the tabs, the line of what runs, the footer.
enum Chrome {
    static func isTooSmall(_ size: Size) -> Bool {
        size.width < 60 || size.height < 16
    }

    static func content(of size: Size) -> Rect {
        Rect(x: 1, y: 4, width: size.width - 2, height: size.height - 6)
    }

    static func tabRow(of size: Size) -> Rect {
        Rect(x: 0, y: 2, width: size.width, height: 1)
    }

    static func noticeRow(of size: Size) -> Rect {
        Rect(x: 1, y: size.height - 2, width: size.width - 2, height: 1)
    }

    static func footerRow(of size: Size) -> Rect {
        Rect(x: 1, y: size.height - 1, width: size.width - 2, height: 1)
    }

    static func tabs(for screen: Screen) -> Tabs {
        Tabs(Screen.tabs.map(\.title), selected: Screen.tabs.firstIndex(of: screen) ?? -1)
    }
}

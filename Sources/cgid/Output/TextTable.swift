import TerminalUI

/// Columns aligned for reading, as the AWS CLI and kubectl print lists.
struct TextTable {
    var header: [String]
    var rows: [[String]]

    var text: String {
        let all = [header] + rows.map { $0.map(Text.sanitised) }
        let widths = header.indices.map { column in all.map { Text.width($0[column]) }.max() ?? 0 }
        return all.map { row in line(row, widths: widths) }.joined(separator: "\n")
    }

    private func line(_ row: [String], widths: [Int]) -> String {
        let last = row.indices.last ?? 0
        return row.indices.map { column in
            let padding = column == last ? 0 : widths[column] - Text.width(row[column])
            return row[column] + String(repeating: " ", count: padding)
        }.joined(separator: "  ")
    }
}

/// `label  value` lines with the values aligned; empty values are left out.
struct TextFields {
    private var fields: [(label: String, value: String)] = []

    mutating func add(_ label: String, _ value: String?) {
        if let value, !value.isEmpty { fields.append((label, value)) }
    }

    var text: String {
        let width = fields.map { Text.width($0.label) }.max() ?? 0
        return fields.map { field in
            field.label + String(repeating: " ", count: width - Text.width(field.label) + 2) + field.value
        }.joined(separator: "\n")
    }
}

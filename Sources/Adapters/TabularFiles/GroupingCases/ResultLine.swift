import Kernel

extension ResultForm {
  /// The word in the column `status` for a row that could not be read.
  static let invalid = "invalid"

  /// Begins a result with the identifier as it stands in a file.
  func begin(_ field: CSVRow.Field?, of bytes: [UInt8], to output: inout [UInt8]) {
    let text = field.map { bytes[$0.start..<$0.end] } ?? []
    let isPlain = !text.contains { $0 == UInt8(ascii: "\"") || $0 < 0x20 }
    if shape == .csv || shape == .tsv, field?.isQuoted != true, isPlain {
      output.append(contentsOf: text)
    } else {
      let whole = String(decoding: text, as: UTF8.self)
      begin(field?.hasDoubledQuotes == true ? whole.replacing("\"\"", with: "\"") : whole, to: &output)
    }
  }

  /// Begins a result with an identifier.
  func begin(_ id: String, to output: inout [UInt8]) {
    switch shape {
    case .csv:
      // The writer's line end is taken off again; an empty identifier is an empty field and no empty line.
      if !id.isEmpty { output.append(contentsOf: CSVWriter.bytes(of: [[id]]).dropLast()) }
    case .tsv: output.append(contentsOf: Self.withoutTabs(id).utf8)
    case .text: output.append(contentsOf: "# \(id)\n".utf8)
    case .jsonLines:
      output.append(contentsOf: "{\"id\":".utf8)
      JSONString.append(id, to: &output)
    }
  }

  /// What stands behind the identifier: cells in the order of the columns, and the line's end.
  func rest(_ columns: [ResultColumn], _ cells: [String]) -> [UInt8] {
    switch shape {
    case .csv: return [UInt8(ascii: ",")] + CSVWriter.bytes(of: [cells])
    case .tsv: return Array(("\t" + cells.map(Self.withoutTabs).joined(separator: "\t") + "\n").utf8)
    case .text: return Array((cells.suffix(2).joined(separator: "  ") + "\n\n").utf8)
    case .jsonLines:
      var bytes: [UInt8] = []
      for (column, cell) in zip(columns, cells) {
        bytes += Array(",\"\(column.name)\":".utf8)
        if cell.isEmpty { bytes += Array("null".utf8) } else { JSONString.append(cell, to: &bytes) }
      }
      return bytes + Array("}\n".utf8)
    }
  }

  /// Writes a row that could not be read: its identifier, the word for that under `status`, why under `reason`.
  func refuse(_ columns: [ResultColumn], id: String, _ reason: LocalizedText, to output: inout [UInt8]) {
    begin(id, to: &output)
    output.append(
      contentsOf: rest(
        columns,
        columns.map { $0.name == "status" ? Self.invalid : $0.name == "reason" ? reason[language] : "" }))
  }

  private static func withoutTabs(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}

import Grouping
import Kernel

/// `manifest.csv`: the name and the switches of a DIP catalogue, one a row; what is not named is as in the national
/// edition 3.0.
enum DIPManifestFile {
  private static let columns = [
    CSVColumn("key", "项目", isRequired: true), CSVColumn("value", "值", isRequired: true),
  ]

  /// A switch: how it is read, `false` when the text is none of its values, and how it is written.
  private struct Switch {
    let key: String
    let allowed: String
    let read: (String, inout DIPManifest) -> Bool
    let write: (DIPManifest) -> String
  }

  static func read(_ reader: CSVReader, _ diagnostics: inout [Diagnostic]) -> DIPManifest? {
    let cells = CellReader(file: reader.name)
    var manifest = DIPManifest(identifier: "", name: "")
    var seen: [String: Int] = [:]
    let switches = switches
    reader.forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
      let (key, value) = (cells.trimmed(record[0]), cells.trimmed(record[1]))
      if key == "note" {
        manifest.notes.append(value)
        return
      }
      guard let item = switches.first(where: { $0.key == key }) else {
        let keys = (switches.map(\.key) + ["note"]).joined(separator: ", ")
        return cells.report(
          "不认识项目「\(key)」，可用：\(keys)。", "unknown key \"\(key)\"; allowed: \(keys).", record, 0, &diagnostics)
      }
      if let line = seen.updateValue(record.line, forKey: key) {
        cells.report("项目「\(key)」与第 \(line) 行重复。", "\"\(key)\" repeats line \(line).", record, 0, &diagnostics)
      }
      if !item.read(value, &manifest) {
        cells.report(
          "「\(value)」不是 \(key) 的值，可用：\(item.allowed)。", "\"\(value)\" is no value of \(key); allowed: \(item.allowed).",
          record, 1, &diagnostics)
      }
    }
    if manifest.identifier.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) {
      diagnostics.append(
        Diagnostic(
          .error, LocalizedText("缺少项目 identifier。", "the key identifier is missing."), file: reader.name))
    }
    return diagnostics.contains { $0.severity == .error } ? nil : manifest
  }

  static func rows(_ manifest: DIPManifest) -> [[String]] {
    let usual = DIPManifest(identifier: "", name: "", region: "", source: "")
    var rows = [["key", "value"]]
    for item in switches {
      let value = item.write(manifest)
      // The name and the order of the layers always stand there; other switches where they are not as usual.
      if item.write(usual) != value || item.key == "layers" { rows.append([item.key, value]) }
    }
    return rows + manifest.notes.map { ["note", $0] }
  }

  private static func text(_ key: String, _ path: WritableKeyPath<DIPManifest, String>) -> Switch {
    Switch(
      key: key, allowed: "…",
      read: {
        $1[keyPath: path] = $0
        return true
      }, write: { $0[keyPath: path] })
  }

  private static func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, _ path: WritableKeyPath<DIPManifest, Value>
  ) -> Switch where Value.RawValue == String {
    Switch(
      key: key, allowed: Value.allCases.map(\.rawValue).joined(separator: ", "),
      read: { text, manifest in
        guard let value = Value(rawValue: text) else { return false }
        manifest[keyPath: path] = value
        return true
      }, write: { $0[keyPath: path].rawValue })
  }

  private static func treatment(_ key: String, _ path: WritableKeyPath<DIPManifest, DIPTreatment>) -> Switch {
    Switch(
      key: key, allowed: DIPTreatment.allCases.map(\.word).joined(separator: ", "),
      read: { text, manifest in
        guard let value = DIPTreatment.allCases.first(where: { $0.word == text }) else { return false }
        manifest[keyPath: path] = value
        return true
      }, write: { $0[keyPath: path].word })
  }

  private static let layerWords = DIPLayer.allCases.filter { $0 != .blank }.map(\.word).joined(separator: "|")

  private static var switches: [Switch] {
    [
      text("identifier", \.identifier), text("name", \.name), text("region", \.region), text("source", \.source),
      Switch(
        key: "layers", allowed: layerWords,
        read: { text, manifest in
          let layers = text.split(separator: "|").map { DIPLayer(word: String($0)) }
          guard layers.allSatisfy({ $0 != nil && $0 != .blank }), Set(layers).count == layers.count else {
            return false
          }
          manifest.layers = layers.compactMap { $0 }
          return true
        }, write: { $0.layers.map(\.word).joined(separator: "|") }),
      choice("selection", \.selection),
      Switch(
        key: "prefers_uncovered_surgery", allowed: "yes, no",
        read: { text, manifest in
          manifest.prefersUncoveredSurgery = text == "yes"
          return ["yes", "no"].contains(text)
        }, write: { $0.prefersUncoveredSurgery ? "yes" : "no" }),
      choice("reject_matching", \.rejectMatching), choice("resistant_matching", \.resistantMatching),
      choice("comma", \.comma), choice("set_aside", \.setAside), choice("composite_by", \.compositeBy),
      choice("composite_categories", \.compositeCategories), treatment("interventional", \.interventional),
      treatment("unclassified", \.unclassified),
      Switch(
        key: "blank_group", allowed: "…",
        read: {
          $1.blankGroup = $0.isEmpty ? nil : $0
          return true
        }, write: { $0.blankGroup ?? "" }),
      Switch(
        key: "diagnosis_lengths", allowed: "3|4|…",
        read: { text, manifest in
          let lengths = text.split(separator: "|").map { Int($0) }
          manifest.diagnosisLengths = lengths.compactMap { $0 }
          return lengths.allSatisfy { $0.map { (3...10).contains($0) } ?? false }
        }, write: { $0.diagnosisLengths.map { "\($0)" }.joined(separator: "|") }),
    ]
      + DIPLayer.allCases.filter { $0 != .blank }.flatMap { layer in
        [
          Switch(
            key: "choice.\(layer.word)", allowed: DIPManifest.Criterion.allCases.map(\.rawValue).joined(separator: "|"),
            read: { text, manifest in
              let criteria = text.split(separator: "|").map { DIPManifest.Criterion(rawValue: String($0)) }
              manifest.choice[layer] = criteria.compactMap { $0 }
              return criteria.allSatisfy { $0 != nil }
            },
            write: { manifest in
              (manifest.choice[layer] ?? DIPManifest.usualChoice).map(\.rawValue).joined(separator: "|")
            }),
          Switch(
            key: "empty_procedure.\(layer.word)",
            allowed: DIPManifest.EmptyProcedure.allCases.map(\.rawValue).joined(separator: ", "),
            read: { text, manifest in
              manifest.emptyProcedure[layer] = DIPManifest.EmptyProcedure(rawValue: text)
              return manifest.emptyProcedure[layer] != nil
            }, write: { ($0.emptyProcedure[layer] ?? .conservative).rawValue }),
        ]
      }
  }
}

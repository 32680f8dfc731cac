import Catalog
import Kernel
import NationalInterface
import TabularFiles

/// What a file or sheet of a hospital's folder holds.
enum ImportKind: String, CaseIterable, Encodable {
  case institutions
  case catalogue
  case mapping
  case lists
  /// Tables that paying reads from the same folder.
  case inputs
  case ignore

  var title: LocalizedText {
    switch self {
    case .institutions: LocalizedText("机构", "institutions")
    case .catalogue: LocalizedText("国家编码表", "national codes")
    case .mapping: LocalizedText("编码对照", "mapping")
    case .lists: LocalizedText("结算清单", "settlement lists")
    case .inputs: LocalizedText("支付输入", "inputs of paying")
    case .ignore: LocalizedText("未读", "not read")
    }
  }

  /// The kind of a word of a manifest.
  init?(word: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue == word.lowercased() || $0.title.chinese == word }) else {
      return nil
    }
    self = kind
  }

  /// The kind that a file's name tells.
  init?(fileName: String) {
    let name = fileName.lowercased()
    let stem = String(name.split(separator: ".").first ?? "")
    if ["budget", "findings", "scores", "removals", "decisions"].contains(stem) {
      self = .inputs
      return
    }
    let words: [(ImportKind, [String])] = [
      (.mapping, ["对照", "mapping"]), (.catalogue, ["目录", "编码表", "catalog"]),
      (.institutions, ["机构", "institution"]), (.lists, ["清单", "4101", "病例", "病案", "list", "settlement"]),
    ]
    guard let found = words.first(where: { $0.1.contains(where: name.contains) }) else { return nil }
    self = found.0
  }

  /// The columns by which a table of the kind is read; only those that every such table has for codes and mappings.
  var columns: [CSVColumn] {
    switch self {
    case .lists: Self.listColumns
    case .institutions: InstitutionTable.columns
    case .mapping:
      [MappingColumn.localCode, .nationalCode].map { CSVColumn($0.name.chinese, $0.name.english, isRequired: true) }
    case .catalogue:
      [
        CSVColumn("编码", "code", "国家编码", "national_code", isRequired: true),
        CSVColumn("名称", "name", "国家名称", "national_name", isRequired: true),
      ]
    case .inputs, .ignore: []
    }
  }

  private static let listColumns = ListColumn.all.map { CSVColumn(names: [$0.name] + $0.titles) }

  /// The kind that the columns of a table tell, with the line of the header; the more particular kinds first.
  static func of(_ table: ImportSheet) -> (kind: ImportKind, headerLine: Int)? {
    let diagnoses = ListColumn.all.filter { ["diagnoses", "principal_diagnosis"].contains($0.name) }
      .map { CSVColumn(names: [$0.name] + $0.titles) }
    if table.header(of: diagnoses) != nil, let header = table.header(of: listColumns), header.matches >= 4 {
      return (.lists, header.line)
    }
    for kind in [ImportKind.mapping, .institutions, .catalogue] {
      let required = kind.columns.filter(\.isRequired)
      if let header = table.header(of: required), header.matches >= required.count { return (kind, header.line) }
    }
    return nil
  }
}

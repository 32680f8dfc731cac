import Catalog
import Claims
import Kernel
import Workflows

/// How a downloaded list is laid out: one row a line, columns between tabs, no heading, `null` for what is empty.
struct CatalogueLayout: Sendable {
  let list: CatalogueList
  /// The columns' titles, in the order of the edition.
  let titles: [String]
  private let sources: [Source?]

  /// What fills a column.
  private enum Source: Sendable {
    case code, name, record, first, last, beginning, valid, version, region, limited, level, traditional
  }

  private init(_ list: CatalogueList, code: String, name: [String], _ titles: String) {
    self.list = list
    self.titles = titles.split { $0 == " " || $0 == "\n" }.map(String.init)
    self.sources = self.titles.map { title in
      if title == code { return .code }
      return name.contains(title) ? .name : Self.common[title]
    }
  }

  /// Titles that mean the same in every list.
  private static let common: [String: Source] = [
    "唯一记录号": .record, "西医疾病诊断ID": .record, "手术标准目录ID": .record, "病种结算目录ID": .record, "日间手术治疗目录ID": .record,
    "肿瘤形态学ID": .record, "中医疾病诊断ID": .record, "中医证候ID": .record, "开始日期": .first, "开始时间": .first, "生效时间": .first,
    "结束日期": .last, "结束时间": .last, "失效时间": .last, "数据创建时间": .beginning, "数据更新时间": .beginning, "有效标志": .valid,
    "版本号": .version, "医保区划": .region, "限制使用标志": .limited, "国家医保药品目录甲乙类标识": .level, "中成药标志": .traditional,
  ]

  /// The text of a list's rows.
  func text(_ rows: some Sequence<(entry: CatalogueEntry, version: String)>, region: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for row in rows {
      for (place, source) in sources.enumerated() {
        if place > 0 { bytes.append(0x09) }
        Self.append(source.flatMap { Self.value($0, row.entry, row.version, region) }, row.entry, titles[place], &bytes)
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Appends a value, or what the standard says under the column's title; blanks that would end a cell become spaces.
  private static func append(
    _ value: String?, _ entry: CatalogueEntry, _ title: String, _ bytes: inout [UInt8]
  ) {
    var text = value ?? ""
    if value == nil, case .code(let coded) = entry { text = coded.details[title] ?? "" }
    if text.isEmpty { text = "null" }
    for byte in text.utf8 { bytes.append(byte < 0x20 ? 0x20 : byte) }
  }

  private static func value(_ source: Source, _ entry: CatalogueEntry, _ version: String, _ region: String) -> String? {
    switch source {
    case .code: return entry.code
    case .name: return entry.name
    case .record: return entry.record
    case .first: return "\(entry.period.first)"
    case .last: return entry.period.last.map { "\($0)" }
    case .beginning: return "\(entry.period.first) 00:00:00"
    case .valid: return "1"
    case .version: return version
    case .region: return region
    case .limited, .level, .traditional:
      guard case .item(let item) = entry else { return nil }
      switch source {
      case .limited: return item.isLimitedUse ? "1" : "0"
      case .traditional: return item.isTraditionalChinese ? "1" : "0"
      default: return item.chargeClass.level
      }
    }
  }
}

extension CatalogueEntry {
  /// The record's number (`rid`): code and first day.
  fileprivate var record: String { "\(code)-\("\(period.first)".filter { $0 != "-" })" }
}

// MARK: - The lists of the edition

extension CatalogueLayout {
  /// The layout of a download's number; `nil` for another transaction.
  static let byNumber: [String: CatalogueLayout] = [
    "1301": CatalogueLayout(.drugs, code: "医疗目录编码", name: ["药品通用名", "注册名称"], titles1301),
    "1302": CatalogueLayout(.herbalPieces, code: "医疗目录编码", name: ["单味药名称"], titles1302),
    "1303": CatalogueLayout(.preparations, code: "医疗目录编码", name: ["注册名称"], titles1303),
    "1305": CatalogueLayout(.services, code: "医疗目录编码", name: ["医疗服务项目名称"], titles1305),
    "1306": CatalogueLayout(.consumables, code: "医疗目录编码", name: ["耗材名称"], titles1306),
    "1307": CatalogueLayout(.diagnoses, code: "诊断代码", name: ["诊断名称"], titles1307),
    "1308": CatalogueLayout(.operations, code: "手术操作代码", name: ["手术操作名称"], titles1308),
    "1309": CatalogueLayout(.chronicDiseases, code: "门慢门特病种目录代码", name: ["门慢门特病种名称"], titles1309),
    "1310": CatalogueLayout(.perDiseasePayment, code: "按病种结算病种目录代码", name: ["按病种结算病种名称"], titles1310),
    "1311": CatalogueLayout(.daySurgery, code: "日间手术病种目录代码", name: ["日间手术病种名称"], titles1311),
    "1313": CatalogueLayout(.tumourMorphology, code: "形态学分类代码", name: ["形态学分类"], titles1313),
    "1314": CatalogueLayout(.traditionalDiseases, code: "疾病分类代码", name: ["疾病分类名称"], titles1314),
    "1315": CatalogueLayout(.traditionalSyndromes, code: "证候分类代码", name: ["证候分类名称"], titles1315),
  ]
}

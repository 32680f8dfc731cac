import Foundation
import Grouping
import Kernel

/// The manifest of an edition as JSON: what it is called, the switches, and the digests of its tables.
///
/// Inside `evaluation` only known keys may stand, since a switch that is not understood would change groups; what else
/// a manifest says is documentation and not read.
struct ManifestFile {
  var manifest: EditionManifest
  /// What the tables' files have to be, by file name.
  var files: [String: TableDigest] = [:]

  struct TableDigest: Codable, Equatable {
    var rows: Int?
    var sha256: String?
  }

  /// Keys of `evaluation` that are switches.
  static let switches = [
    "mdc_fall_through", "drg_miss", "ambiguous_group", "retry_ungrouped_with_each_other_procedure", "ungrouped_code",
    "code_matching", "intensive_care_departments",
  ]
  /// Keys of `evaluation` that say in words what every edition does; `x_meaning` explains `x`.
  private static let remarks = ["order", "first_match_wins", "cc_exclusion", "cc_level_of_one_code", "input_checks"]

  /// Reads a manifest.
  static func read(_ bytes: [UInt8], name: String) -> FileReading<ManifestFile> {
    var reader = Reader(bytes: bytes, file: name)
    guard let file = reader.read() else { return .refused(reader.diagnostics) }
    return FileReading(file, reader.diagnostics)
  }

  /// The manifest as bytes, the same for the same content.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(Written(self))) + [UInt8(ascii: "\n")]
  }

  private struct Written: Encodable {
    struct Evaluation: Encodable {
      let ambiguousGroup: [String: Bool]
      let codeMatching: String
      let drgMiss: String
      let intensiveCareDepartments: [String]
      let mdcFallThrough: Bool
      let retryUngroupedWithEachOtherProcedure: Bool
      let ungroupedCode: String

      enum CodingKeys: String, CodingKey {
        case ambiguousGroup = "ambiguous_group"
        case codeMatching = "code_matching"
        case drgMiss = "drg_miss"
        case intensiveCareDepartments = "intensive_care_departments"
        case mdcFallThrough = "mdc_fall_through"
        case retryUngroupedWithEachOtherProcedure = "retry_ungrouped_with_each_other_procedure"
        case ungroupedCode = "ungrouped_code"
      }
    }

    let edition: String
    let evaluation: Evaluation
    let files: [String: TableDigest]
    let name: String
    let region: String
    let source: String

    init(_ file: ManifestFile) {
      let manifest = file.manifest
      (edition, name, region, source) = (manifest.identifier, manifest.name, manifest.region, manifest.source)
      files = file.files
      evaluation = Evaluation(
        ambiguousGroup: ["default": manifest.ambiguousGroup], codeMatching: manifest.codeMatching.rawValue,
        drgMiss: manifest.groupMiss.rawValue, intensiveCareDepartments: manifest.intensiveCareDepartments,
        mdcFallThrough: manifest.categoryFallThrough,
        retryUngroupedWithEachOtherProcedure: manifest.retriesOtherProcedures, ungroupedCode: manifest.ungroupedCode)
    }
  }
}

/// A JSON value, as far as manifests need it.
private enum JSONValue: Decodable {
  case text(String)
  case flag(Bool)
  case number(Double)
  case object([String: JSONValue])
  case list([JSONValue])
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let object = try? value.decode([String: JSONValue].self) {
      self = .object(object)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .other
    }
  }
}

extension ManifestFile {
  /// One reading of a manifest.
  private struct Reader {
    let bytes: [UInt8]
    let file: String
    var diagnostics: [Diagnostic] = []

    mutating func read() -> ManifestFile? {
      let root: JSONValue
      do {
        root = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
      } catch let DecodingError.dataCorrupted(context) {
        let reason = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
        report("不是 JSON：\(reason ?? "")", "not JSON: \(reason ?? context.debugDescription)", key: nil)
        return nil
      } catch {
        report("不是 JSON。", "not JSON.", key: nil)
        return nil
      }
      guard case .object(let all) = root else {
        report("清单应为 JSON 对象。", "a manifest is a JSON object.", key: nil)
        return nil
      }
      guard let identifier = text(all, "edition"), !identifier.isEmpty else {
        report("缺少 edition（方案标识）。", "\"edition\" is missing: the edition's identifier.", key: nil)
        return nil
      }
      var manifest = EditionManifest(identifier: identifier, name: text(all, "name") ?? identifier)
      manifest.region = text(all, "region") ?? manifest.region
      manifest.source = text(all, "source") ?? ""
      if let evaluation = all["evaluation"] {
        if case .object(let switches) = evaluation {
          readSwitches(switches, into: &manifest)
        } else {
          report("evaluation 应为对象。", "\"evaluation\" must be an object.", key: "evaluation")
        }
      }
      return ManifestFile(manifest: manifest, files: digests(all["files"]))
    }

    private mutating func readSwitches(_ switches: [String: JSONValue], into manifest: inout EditionManifest) {
      let known = ManifestFile.switches + ManifestFile.remarks
      for key in switches.keys.sorted() where !known.contains(key) && !key.hasSuffix("_meaning") {
        let allowed = ManifestFile.switches.joined(separator: ", ")
        report(
          "evaluation 中不认识「\(key)」，可用：\(allowed)。", "unknown key \"\(key)\" in \"evaluation\"; allowed: \(allowed).",
          key: key)
      }
      if case .flag(false) = switches["first_match_wins"] {
        report("first_match_wins 只能是 true。", "\"first_match_wins\" can only be true.", key: "first_match_wins")
      }
      manifest.categoryFallThrough = flag(switches, "mdc_fall_through") ?? manifest.categoryFallThrough
      let retries = flag(switches, "retry_ungrouped_with_each_other_procedure")
      manifest.retriesOtherProcedures = retries ?? manifest.retriesOtherProcedures
      manifest.ungroupedCode = text(switches, "ungrouped_code") ?? manifest.ungroupedCode
      if let word = text(switches, "drg_miss") {
        let miss = EditionManifest.GroupMiss(rawValue: word)
        if miss == nil { reportWord(word, "drg_miss", "adrg_only, next_adrg") }
        manifest.groupMiss = miss ?? manifest.groupMiss
      }
      if let word = text(switches, "code_matching") {
        let matching = EditionManifest.CodeMatching(rawValue: word)
        if matching == nil { reportWord(word, "code_matching", "exact, prefix") }
        manifest.codeMatching = matching ?? manifest.codeMatching
      }
      if let value = switches["intensive_care_departments"] {
        manifest.intensiveCareDepartments = texts(value, "intensive_care_departments")
      }
      switch switches["ambiguous_group"] {
      case nil: break
      case .object(let group)?: manifest.ambiguousGroup = flag(group, "default") ?? manifest.ambiguousGroup
      default:
        report(
          "ambiguous_group 应写成 {\"default\": true}。", "write \"ambiguous_group\" as {\"default\": true}.",
          key: "ambiguous_group")
      }
    }

    private mutating func digests(_ value: JSONValue?) -> [String: TableDigest] {
      guard case .object(let files)? = value else { return [:] }
      var digests: [String: TableDigest] = [:]
      for (name, entry) in files {
        guard case .object(let entry) = entry else { continue }
        var digest = TableDigest()
        if case .number(let rows)? = entry["rows"] { digest.rows = Int(exactly: rows) }
        if case .text(let sha256)? = entry["sha256"] { digest.sha256 = sha256.lowercased() }
        digests[name] = digest
      }
      return digests
    }

    private mutating func text(_ object: [String: JSONValue], _ key: String) -> String? {
      guard let value = object[key] else { return nil }
      if case .text(let text) = value { return text }
      report("\(key) 应为文字。", "\"\(key)\" must be a text.", key: key)
      return nil
    }

    private mutating func texts(_ value: JSONValue, _ key: String) -> [String] {
      guard case .list(let elements) = value else {
        report("\(key) 应为文字的数组。", "\"\(key)\" must be an array of texts.", key: key)
        return []
      }
      return elements.compactMap { element in
        if case .text(let text) = element { return text }
        report("\(key) 应为文字的数组。", "\"\(key)\" must be an array of texts.", key: key)
        return nil
      }
    }

    private mutating func flag(_ object: [String: JSONValue], _ key: String) -> Bool? {
      guard let value = object[key] else { return nil }
      if case .flag(let flag) = value { return flag }
      report("\(key) 应为 true 或 false。", "\"\(key)\" must be true or false.", key: key)
      return nil
    }

    private mutating func reportWord(_ word: String, _ key: String, _ allowed: String) {
      report(
        "\(key) 不能是「\(word)」，可用：\(allowed)。", "\"\(key)\" cannot be \"\(word)\"; allowed: \(allowed).", key: key)
    }

    /// A diagnostic at the line where a key first stands.
    private mutating func report(_ chinese: String, _ english: String, key: String?) {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      let line = key.flatMap { key in lines.firstIndex { $0.contains("\"\(key)\"") } }.map { $0 + 1 }
      diagnostics.append(Diagnostic(.error, LocalizedText(chinese, english), file: file, line: line))
    }
  }
}

public import Grouping
public import Kernel

/// Why a settlement list gives no case.
public struct SettlementListFault: Error, Hashable, Sendable {
  /// The list's identifier, as far as it could be read.
  public let id: String
  /// What is wrong.
  public let message: LocalizedText
}

/// Reads from a settlement list (4101) what grouping needs; nothing else of the list has to be there.
///
/// ```swift
/// let groupingCase = try SettlementListCase.read(bytes)
/// ```
public enum SettlementListCase {
  /// Reads a list: the whole message, or its `input` alone.
  ///
  /// The case is called by `setl_id`, else `mdtrt_id`, else `medcasno`. The diagnosis with `maindiag_flag` 1 and the
  /// procedure with `oprn_oprt_type` 1 (or `main_oprn_flag` 1) come first, the others in the order of the list;
  /// diagnoses of Chinese medicine are left out. Without `age` the years are counted from `brdy` to `adm_time`.
  ///
  /// - Throws: the fault when the bytes are no list, or a number is none.
  public static func read(_ bytes: [UInt8]) throws(SettlementListFault) -> GroupingCase {
    let document: JSONDocument
    do throws(JSONFault) { document = try JSONDocument(bytes) } catch {
      throw SettlementListFault(id: "", message: error.message)
    }
    let root = document.root
    let input = root["input"] ?? root
    guard let row = (InputRows.rows(of: "setlinfo", in: input) ?? []).first.map(InputRow.init) else {
      throw SettlementListFault(
        id: "", message: LocalizedText("缺少节点 setlinfo（结算清单信息）", "the node setlinfo is missing"))
    }
    let id = row.filled("setl_id") ?? row.filled("mdtrt_id") ?? row.text("medcasno")
    let numbers = Numbers(row: row, id: id)
    var groupingCase = GroupingCase(id: id)
    groupingCase.sex = ["1": PatientSex.male, "2": .female][row.text("gend")]
    groupingCase.ageDays = try numbers.whole("nwb_age", "age_days")
    groupingCase.birthWeightGrams = try numbers.whole("nwb_bir_wt")
    groupingCase.stayDays = try numbers.whole("act_ipt_days") ?? days(row)
    groupingCase.dischargeKind = try numbers.whole("dscg_way")
    groupingCase.department =
      row.filled("dscg_caty") ?? row.filled("dscg_dept_code") ?? row.text("dscg_dept_name")
    groupingCase.ageYears = try numbers.whole("age") ?? years(row) ?? (groupingCase.ageDays == nil ? nil : 0)
    groupingCase.diagnoses = codes(input, "diseinfo", "diag_code") { diagnosis in
      let kind = diagnosis.text("diag_type")
      return kind == "2" || kind == "3" ? nil : diagnosis.text("maindiag_flag") == "1"
    }
    groupingCase.procedures = codes(input, "oprninfo", "oprn_oprt_code") { procedure in
      procedure.text("oprn_oprt_type") == "1" || procedure.text("main_oprn_flag") == "1"
    }
    return groupingCase
  }

  /// The codes of a node, the main one first; `isMain` is `nil` for rows that do not count.
  private static func codes(
    _ input: JSONValue, _ node: StaticString, _ field: StaticString, _ isMain: (InputRow) -> Bool?
  ) -> [String] {
    var codes: [String] = []
    var hasMain = false
    for row in (InputRows.rows(of: node, in: input) ?? []).map(InputRow.init) {
      guard let isMain = isMain(row), let code = row.filled(field) else { continue }
      codes.insert(code, at: isMain && !hasMain ? 0 : codes.count)
      hasMain = hasMain || isMain
    }
    return codes
  }

  private static func years(_ row: InputRow) -> Int? {
    guard let birth = row.day("brdy"), let admission = row.day("adm_time") else { return nil }
    return birth.age(on: admission)
  }

  private static func days(_ row: InputRow) -> Int? {
    guard let admission = row.day("adm_time"), let discharge = row.day("dscg_time") else { return nil }
    return admission.days(to: discharge)
  }

  /// The numbers of a list.
  private struct Numbers {
    let row: InputRow
    let id: String

    /// A whole number of the first field that is filled; what stands behind its point is cut off, as `3250.00` grams.
    func whole(_ names: StaticString...) throws(SettlementListFault) -> Int? {
      for name in names {
        guard let text = row.filled(name) else { continue }
        let whole = text.prefix { $0 != "." }
        if let number = Int(whole), abs(number) < 1_000_000_000 { return number }
        throw SettlementListFault(
          id: id, message: LocalizedText("字段 \(name)：「\(text)」不是数字", "field \(name): \"\(text)\" is not a number"))
      }
      return nil
    }
  }
}

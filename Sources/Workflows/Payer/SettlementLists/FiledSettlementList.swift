public import Claims
import Kernel

/// A settlement list as it was uploaded (结算清单, 4101), with what the check found and where it stands.
public struct FiledSettlementList: FiledRecord {
  /// Where a list stands (状态分类, `stas_type`).
  public enum State: String, Codable, Sendable, CaseIterable {
    /// Uploaded; may be replaced (未提交).
    case uploaded = "0"
    /// Handed in; may not be changed (已提交).
    case submitted = "1"
    /// Passed by the handling centre; fixed (审核通过).
    case passed = "2"
    /// Sent back by the handling centre; may be replaced or handed in again (审核不通过).
    case returned = "3"
  }

  /// The register of settlement lists.
  public static let register = "settlement-list"

  /// The number of the list (清单流水号, `setl_list_id`), at most nine digits.
  public var id: String
  /// The institution.
  public var owner: String
  /// The settlement (`setl_id`).
  public var subject: String
  /// When it was uploaded last.
  public var time: String
  /// The list.
  public var list: SettlementList
  /// Where it stands.
  public var state: State
  /// Warnings of the check; a list that breaks a refusing rule is never filed.
  public var findings: [SettlementListFinding]
  /// What the handling centre said last (审核内容, `chk_cont`).
  public var review: String
  /// Whether the settlement was reversed since, so that the list counts no longer.
  public var isVoid: Bool

  /// Makes a record of an upload.
  public init(
    id: String, owner: String, settlement: String, time: String, list: SettlementList, state: State,
    findings: [SettlementListFinding]
  ) {
    self.id = id
    self.owner = owner
    self.subject = settlement
    self.time = time
    self.list = list
    self.state = state
    self.findings = findings
    review = ""
    isVoid = false
  }

  /// Whether the institution may replace it.
  public var isOpen: Bool { !isVoid && (state == .uploaded || state == .returned) }
}

/// What the institution wants with one list (4102).
public struct SettlementListChange: Hashable, Sendable {
  /// The settlement (`setl_id`).
  public var settlement: String
  /// The person (`psn_no`), when the message names one.
  public var person: String?
  /// Where the list shall stand.
  public var state: FiledSettlementList.State

  /// Makes a change.
  public init(settlement: String, person: String?, state: FiledSettlementList.State) {
    self.settlement = settlement
    self.person = person
    self.state = state
  }
}

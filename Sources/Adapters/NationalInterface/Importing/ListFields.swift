import Kernel
import Workflows

/// What a fault of the form means for importing: which fields grouping and payment need.
enum ListFields {
  private static let decisive: Set<String> = [
    "setl_id", "fixmedins_code", "psn_no", "medcasno", "gend", "brdy", "age", "nwb_age", "age_days", "nwb_bir_wt",
    "nwb_adm_wt", "mul_nwb_bir_wt", "mul_nwb_adm_wt", "adm_time", "dscg_time", "act_ipt_days", "dscg_way",
    "setl_begn_date", "setl_end_date", "psn_selfpay", "psn_ownpay", "acct_pay", "psn_cashpay", "vent_used_dura",
    "pwcry_bfadm_coma_dura", "pwcry_afadm_coma_dura",
  ]
  /// Fields of other nodes whose being wrong changes neither group nor payment.
  private static let indifferent: Set<String> = [
    "diag_name", "adm_cond_type", "oprn_oprt_name", "anst_way", "oper_dr_name", "oper_dr_code", "anst_dr_name",
    "anst_dr_code", "claa_sumfee", "clab_amt", "fulamt_ownpay_amt", "oth_amt", "bld_cat", "bld_amt", "bld_unt",
    "scs_cutd_ward_type",
  ]

  /// The finding that a violation comes to; `nil` when it says nothing about a row of a table.
  static func finding(_ violation: InputViolation, isMessage: Bool) -> ImportFinding? {
    let node = String(violation.node.prefix { $0 != "[" })
    guard let field = violation.field else {
      let detail = LocalizedText(
        "节点 \(violation.node) \(violation.problem)", "the node \(violation.node) has the wrong form")
      return ImportFinding(.valueForm, field: node, detail: detail)
    }
    let isDecisive = node == "setlinfo" ? decisive.contains(field) : !indifferent.contains(field)
    let place = node == "setlinfo" ? field : "\(violation.node).\(field)"
    let problem = LocalizedText("\(violation.title)\(violation.problem)，\(violation.advice)", english(violation, field))
    switch violation.code {
    case .fieldMissing where node == "setlinfo":
      // What only the interface demands is no matter of a table; what is needed is asked for by the check.
      return isMessage ? ImportFinding(.otherFieldMissing, field: place) : nil
    case .fieldMissing:
      if isDecisive { return ImportFinding(.fieldMissing, field: place) }
      return isMessage ? ImportFinding(.otherFieldMissing, field: place) : nil
    case .codeUnknown:
      return ImportFinding(
        isDecisive ? .codeUnknown : .otherValueForm, field: place, value: value(violation), detail: problem)
    default:
      return ImportFinding(
        isDecisive ? .valueForm : .otherValueForm, field: place, value: value(violation), detail: problem)
    }
  }

  /// The finding of an amount that does not read.
  static func amount(_ field: String, _ text: String) -> ImportFinding {
    ImportFinding(
      .valueForm, field: field, value: text,
      detail: LocalizedText("应为元，最多两位小数，不带千分位", "it must be yuan with at most two decimals, without separators"))
  }

  private static func english(_ violation: InputViolation, _ field: String) -> String {
    switch violation.code {
    case .fieldMissing: "\(field) is empty"
    case .codeUnknown: "\(field) is not in its list of codes"
    default: "\(field) does not have the form of the field"
    }
  }

  /// The value between the marks of a message, as far as it is told.
  private static func value(_ violation: InputViolation) -> String {
    guard let start = violation.problem.firstIndex(of: "“"), let end = violation.problem.lastIndex(of: "”"),
      start < end
    else { return "" }
    return String(violation.problem[violation.problem.index(after: start)..<end])
  }
}

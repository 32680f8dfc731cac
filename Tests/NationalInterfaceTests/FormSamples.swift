@testable import NationalInterface

/// An input of every form that is offered, so that whatever is added is tried without being named again.
enum FormSamples {
  /// Number and input of each form, every field filled in.
  static let inputs: [(String, String)] = TransactionForm.all.map { ($0.number, input($0)) }

  private static func input(_ form: TransactionForm) -> String {
    "{\(form.nodes.map(node).joined(separator: ","))}"
  }

  private static func node(_ node: InputNode) -> String {
    let row = row(node)
    return #""\#(node.name)":\#(node.isList ? "[\(row),\(row)]" : row)"#
  }

  private static func row(_ node: InputNode) -> String {
    let fields = node.fields.map { #""\#($0.name)":\#(value($0))"# }
    return "{\((fields + node.children.map(Self.node)).joined(separator: ","))}"
  }

  /// Values that the sample register knows where a field names something in it.
  private static let known: [String: String] = [
    "psn_no": "P0000002", "med_list_codg": "XA001", "fixmedins_code": InterfaceTrial.hospital, "mdtrt_id": "990100V1",
    "insu_admdvs": "990100", "insutype": "310", "med_type": "11", "page_num": "1", "page_size": "10",
  ]

  private static func value(_ field: InputField) -> String {
    if let text = known["\(field.name)"] { return #""\#(text)""# }
    switch field.form {
    case .text: return #""甲1""#
    case .code(let list): return #""\#(list.values[0].code)""#
    case .flag: return #""1""#
    case .number(_, let decimals): return decimals > 0 ? "1.5" : "1"
    case .date: return #""2026-03-02""#
    case .time: return #""2026-03-02 09:00:00""#
    }
  }
}

import Kernel

/// One thing wrong with the input.
struct InputViolation {
  let code: InterfaceFault
  let node: String
  let row: Int?
  let field: String?
  let title: String
  let problem: String
  let advice: String

  /// Which node and field, what is wrong, what to do.
  var message: String {
    let place = row.map { "\(node)[\($0 + 1)]" } ?? node
    guard let field else { return "节点 \(place) \(problem)，\(advice)" }
    return "节点 \(place) 字段 \(field)（\(title)）\(problem)，\(advice)"
  }
}

/// Checks an input against its form: nodes, required fields, forms and codes.
struct InputCheck {
  private(set) var violations: [InputViolation] = []
  /// Beyond this many the rest is counted with them and not looked at.
  static let most = 50

  /// Everything wrong with an input, in the order of the form.
  static func violations(in input: JSONValue, of form: TransactionForm) -> [InputViolation] {
    var check = InputCheck()
    for node in form.nodes { check.look(at: node, in: input, inside: "") }
    return check.violations
  }

  private mutating func look(at node: InputNode, in input: JSONValue, inside path: String) {
    let place = path + "\(node.name)"
    guard let rows = InputRows.rows(of: node.name, in: input) else {
      return note(.nodeForm, place, problem: node.isList ? "应为对象数组" : "应为对象", advice: "请按接口规范组织报文")
    }
    if rows.isEmpty && !node.isOptional {
      return note(.nodeMissing, place, problem: "缺失或为空", advice: "请补填后重发")
    }
    if rows.count > 1 && !node.isList {
      return note(.nodeForm, place, problem: "只能有一行，收到 \(rows.count) 行", advice: "请分次发送")
    }
    if rows.count > node.most {
      return note(.nodeForm, place, problem: "最多 \(node.most) 行，收到 \(rows.count) 行", advice: "请分次发送")
    }
    for (position, row) in rows.enumerated() {
      for field in node.fields {
        guard violations.count < Self.most else { return }
        look(at: field, of: place, in: row, position: rows.count > 1 ? position : nil)
      }
      for child in node.children {
        guard violations.count < Self.most else { return }
        look(at: child, in: row, inside: rows.count > 1 ? "\(place)[\(position + 1)]." : "\(place).")
      }
    }
  }

  private mutating func look(at field: InputField, of node: String, in row: JSONValue, position: Int?) {
    let value = field.value(in: row)
    // Most fields are short texts, of which nothing more has to be asked.
    if case .text(let length) = field.form, let value, value.isPlain(upTo: length) { return }
    if let value, value.kind == .list || value.kind == .object {
      return note(.valueForm, node, position, field, "应为单个值，收到数组或对象", "请按接口规范组织报文")
    }
    let text = FieldText.text(of: value)
    if text.isEmpty {
      if field.isRequired { note(.fieldMissing, node, position, field, "必填但为空", "请补填后重发") }
      return
    }
    if let (code, problem, advice) = fault(of: text, field.form) {
      note(code, node, position, field, "的值 \(FieldText.shortened(text)) \(problem)", advice)
    }
  }

  private func fault(of text: String, _ form: FieldForm) -> (InterfaceFault, String, String)? {
    switch form {
    case .text(let length):
      text.isLonger(than: length)
        ? (.valueForm, "超过 \(length) 个字符", "请缩短后重发") : nil
    case .code(let list):
      list.contains(text) ? nil : (.codeUnknown, "不在\(list.title)代码表内", "可填：\(list.choices)")
    case .flag:
      text == "0" || text == "1" ? nil : (.codeUnknown, "不是有效标志", "可填：0 否、1 是")
    case .number(let digits, let decimals):
      FieldText.number(text, digits: digits, decimals: decimals) == nil
        ? (.valueForm, "不是最多 \(digits) 位、\(decimals) 位小数的数值", "请核对后重发") : nil
    case .date, .time:
      FieldText.moment(text) == nil ? (.valueForm, "不是有效日期", "格式为 yyyy-MM-dd 或 yyyy-MM-dd HH:mm:ss") : nil
    }
  }

  private mutating func note(
    _ code: InterfaceFault, _ node: String, problem: String, advice: String
  ) {
    violations.append(
      InputViolation(
        code: code, node: node, row: nil, field: nil, title: "", problem: problem, advice: advice))
  }

  private mutating func note(
    _ code: InterfaceFault, _ node: String, _ row: Int?, _ field: InputField, _ problem: String, _ advice: String
  ) {
    violations.append(
      InputViolation(
        code: code, node: node, row: row, field: "\(field.name)", title: field.title, problem: problem,
        advice: advice))
  }
}

/// The rows of a node: an array of objects, or an object alone.
enum InputRows {
  /// The rows; none for an absent node, `nil` when the node is something else.
  static func rows(of name: StaticString, in input: JSONValue) -> [JSONValue]? {
    guard let node = input[name] else { return [] }
    switch node.kind {
    case .object: return [node]
    case .list:
      let rows = node.elements
      return rows.allSatisfy { $0.kind == .object } ? rows : nil
    case .null: return []
    case .text: return FieldText.text(of: node).isEmpty ? [] : nil
    case .yes, .no, .number, .name: return nil
    }
  }
}

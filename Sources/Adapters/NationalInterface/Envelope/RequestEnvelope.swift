import Kernel

/// A request's envelope as it was sent, with its many spellings made one.
struct RequestEnvelope: Sendable {
  /// The transaction as it was named (`infno`).
  let transaction: String
  /// The sender's identifier of the message (`msgid`).
  let message: String
  /// The region of care (`mdtrtarea_admvs`).
  let careRegion: String
  /// The region of insurance (`insuplc_admdvs`).
  let insuranceRegion: String
  /// The operator (`opter`).
  let operatorNumber: String
  /// The institution (`fixmedins_code`).
  let institution: String
  /// The sign-in number (`sign_no`), empty when there is none.
  let signIn: String
  /// The input, an object.
  let input: JSONValue
  /// A file that came beside the envelope (9101).
  var attachment: [UInt8]?

  /// Reads an envelope.
  ///
  /// - Parameters:
  ///   - document: the body.
  ///   - pathInfno: the transaction that the path names; used when the envelope names none.
  ///   - limits: the limits of an input that comes as a string of its own.
  init(_ document: JSONDocument, pathInfno: String?, limits: JSONLimits) throws(InterfaceRefusal) {
    let root = document.root
    guard root.kind == .object else {
      throw InterfaceRefusal(.notEnvelope, "报文应为 JSON 对象；请按接口规范组织报文", "the body must be a JSON object")
    }
    transaction = try Self.transaction(root, pathInfno)
    for field in EnvelopeField.all { try field.check(root) }
    message = FieldText.text(of: root["msgid"])
    careRegion = FieldText.text(of: root["mdtrtarea_admvs"])
    insuranceRegion = FieldText.text(of: root["insuplc_admdvs"])
    operatorNumber = FieldText.text(of: root["opter"])
    institution = FieldText.text(of: root["fixmedins_code"])
    signIn = FieldText.text(of: root["sign_no"])
    input = try Self.input(root, limits)
  }

  /// The transaction that an envelope or its path names, as far as it can be told; for answers and logs.
  static func transaction(_ root: JSONValue, _ pathInfno: String?) throws(InterfaceRefusal) -> String {
    let named = FieldText.text(of: root["infno"])
    if !named.isEmpty { return named }
    if let pathInfno, !pathInfno.isEmpty { return pathInfno }
    throw InterfaceRefusal(
      .headerMissing, "字段 infno（交易编号）必填但为空；请补填后重发", "the field infno is empty; fill it in")
  }

  private static func input(_ root: JSONValue, _ limits: JSONLimits) throws(InterfaceRefusal) -> JSONValue {
    guard let value = root["input"] ?? root["Input"] ?? root["INPUT"] else {
      throw InterfaceRefusal(.inputMissing, "缺少 input（交易输入）；请补填后重发", "input is missing")
    }
    switch value.kind {
    case .object: return value
    case .text:
      do throws(JSONFault) {
        let inner = try JSONDocument(Array((value.string ?? "").utf8), limits: limits)
        if inner.root.kind == .object { return inner.root }
      } catch {
        throw InterfaceRefusal(
          .inputMissing, "input（交易输入）为字符串，但其中\(error.message.chinese)",
          "input is a string, but in it \(error.message.english)")
      }
    case .null, .yes, .no, .number, .list, .name: break
    }
    throw InterfaceRefusal(
      .inputMissing, "input（交易输入）应为 JSON 对象或内容为 JSON 对象的字符串", "input must be an object, or a string that holds one")
  }
}

/// One field of the envelope (interface facts, section 1).
struct EnvelopeField: Sendable {
  let name: StaticString
  let title: String
  let length: Int
  let isRequired: Bool
  private let form: Form

  /// What a field has to be besides short enough.
  private enum Form {
    case text
    case time
    case operatorKind
  }

  private init(_ name: StaticString, _ title: String, _ length: Int, required: Bool = false, _ form: Form = .text) {
    self.name = name
    self.title = title
    self.length = length
    self.isRequired = required
    self.form = form
  }

  /// Lengths are the largest of all editions known.
  static let all: [EnvelopeField] = [
    EnvelopeField("infno", "交易编号", 6),
    EnvelopeField("msgid", "发送方报文ID", 30, required: true),
    EnvelopeField("mdtrtarea_admvs", "就医地医保区划", 6, required: true),
    EnvelopeField("insuplc_admdvs", "参保地医保区划", 6),
    EnvelopeField("recer_sys_code", "接收方系统代码", 10, required: true),
    EnvelopeField("dev_no", "设备编号", 100),
    EnvelopeField("dev_safe_info", "设备安全信息", 2_000),
    EnvelopeField("cainfo", "数字签名信息", 1_024),
    EnvelopeField("signtype", "签名类型", 10),
    EnvelopeField("infver", "接口版本号", 6, required: true),
    EnvelopeField("opter_type", "经办人类别", 3, required: true, .operatorKind),
    EnvelopeField("opter", "经办人", 30, required: true),
    EnvelopeField("opter_name", "经办人姓名", 50, required: true),
    EnvelopeField("inf_time", "交易时间", 19, required: true, .time),
    EnvelopeField("fixmedins_code", "定点医药机构编号", 30, required: true),
    EnvelopeField("fixmedins_name", "定点医药机构名称", 200, required: true),
    EnvelopeField("sign_no", "交易签到流水号", 30),
  ]

  func check(_ root: JSONValue) throws(InterfaceRefusal) {
    let value = root[name]
    if let value, value.kind == .object || value.kind == .list {
      throw refusal(.headerForm, "应为单个值；请按接口规范组织报文", "must be a single value")
    }
    let text = FieldText.text(of: value)
    if text.isEmpty {
      if isRequired { throw refusal(.headerMissing, "必填但为空；请补填后重发", "is empty; fill it in") }
      return
    }
    if text.isLonger(than: length) {
      throw refusal(.headerForm, "超过 \(length) 个字符；请缩短后重发", "has more than \(length) characters")
    }
    switch form {
    case .time where FieldText.moment(text) == nil:
      throw refusal(.headerForm, "不是有效时间；格式为 yyyy-MM-dd HH:mm:ss", "is no time; write yyyy-MM-dd HH:mm:ss")
    case .operatorKind where !CodeList.operatorKind.contains(text):
      throw refusal(.headerForm, "不在代码表内；可填：\(CodeList.operatorKind.choices)", "is none of 1, 2, 3")
    case .text, .time, .operatorKind: break
    }
  }

  private func refusal(_ fault: InterfaceFault, _ chinese: String, _ english: String) -> InterfaceRefusal {
    InterfaceRefusal(fault, "字段 \(name)（\(title)）\(chinese)", "the field \(name) \(english)")
  }
}

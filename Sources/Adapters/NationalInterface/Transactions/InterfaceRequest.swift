import Kernel
import Workflows

/// Why a message is not carried out: refused here, or by the desk.
enum Refused: Error {
  case interface(InterfaceRefusal)
  case desk(DeskRefusal)

  var number: UInt16 {
    switch self {
    case .interface(let refusal): refusal.fault.rawValue
    case .desk(let refusal): refusal.number
    }
  }

  var message: LocalizedText {
    switch self {
    case .interface(let refusal): refusal.text
    case .desk(let refusal): refusal.message
    }
  }

  /// The values of a message contradict each other.
  static func contradiction(_ chinese: String, _ english: String) -> Refused {
    .interface(InterfaceRefusal(.contradiction, chinese, english))
  }
}

extension Result where Failure == DeskRefusal {
  /// The answer, or the desk's refusal thrown.
  func orRefused() throws(Refused) -> Success {
    switch self {
    case .success(let answer): answer
    case .failure(let refusal): throw .desk(refusal)
    }
  }
}

/// A request whose input has been checked against its form.
struct InterfaceRequest: Sendable {
  let envelope: RequestEnvelope
  /// The transaction in the national numbering.
  let number: String
  let received: WallTime

  var institution: String { envelope.institution }

  /// What the desk needs to carry the message out once.
  var context: MessageContext {
    var digest = ContentDigest.of(envelope.input, transaction: number, institution: institution)
    if let attachment = envelope.attachment {
      var fingerprint = Fingerprint()
      fingerprint.add(attachment)
      digest += fingerprint.text
    }
    return MessageContext(
      id: envelope.message, institution: institution, transaction: number, digest: digest, time: received.text)
  }

  /// The rows of a node.
  func rows(_ node: StaticString) -> [InputRow] {
    (InputRows.rows(of: node, in: envelope.input) ?? []).map(InputRow.init)
  }

  /// The only row of a node; the form has made sure that there is one.
  func row(_ node: StaticString) throws(Refused) -> InputRow {
    guard let row = rows(node).first else {
      throw .interface(InterfaceRefusal(.nodeMissing, "节点 \(node) 缺失或为空", "the node \(node) is missing"))
    }
    return row
  }
}

/// One row of an input node.
struct InputRow: Sendable {
  let value: JSONValue

  /// The text of a field, empty when there is none.
  func text(_ name: StaticString) -> String { FieldText.text(of: value[name]) }

  /// The rows of a node inside the row.
  func rows(_ node: StaticString) -> [InputRow] { (InputRows.rows(of: node, in: value) ?? []).map(InputRow.init) }

  /// The text of a field, `nil` when there is none.
  func filled(_ name: StaticString) -> String? {
    let text = text(name)
    return text.isEmpty ? nil : text
  }

  /// The day of a field.
  func day(_ name: StaticString) -> CalendarDate? { FieldText.moment(text(name))?.day }

  /// The day of a field that has to be there.
  func requiredDay(_ name: StaticString) throws(Refused) -> CalendarDate {
    guard let day = day(name) else { throw missing(name) }
    return day
  }

  /// The amount of a field, `nil` when it is empty.
  func money(_ name: StaticString) throws(Refused) -> Money? {
    guard let text = filled(name) else { return nil }
    guard let money = FieldText.money(text) else {
      throw .interface(
        InterfaceRefusal(.valueForm, "字段 \(name) 的金额 \(FieldText.shortened(text)) 过大；请核对", "\(name) is too large"))
    }
    return money
  }

  /// A required field that is empty where the form leaves it open.
  func missing(_ name: StaticString) -> Refused {
    .interface(InterfaceRefusal(.fieldMissing, "字段 \(name) 必填但为空；请补填后重发", "the field \(name) is empty"))
  }
}

import Kernel

/// A form to fill in: a filter above a list, a what-if, a transaction to send.
struct Form: Sendable {
  /// How it is sent: filters ask (GET), actions change something (POST, with the session's token).
  enum Method: String, Sendable {
    case ask = "get"
    case act = "post"
  }

  let method: Method
  /// Where it goes, within the console; the same page when `nil`.
  let action: String?
  let title: LocalizedText?
  let fields: [Field]
  let submit: LocalizedText
  /// Whether the fields stand in one line, as filters do.
  var isCompact: Bool { method == .ask }

  init(
    _ method: Method, to action: String? = nil, title: LocalizedText? = nil, _ fields: [Field], submit: LocalizedText
  ) {
    self.method = method
    self.action = action
    self.title = title
    self.fields = fields
    self.submit = submit
  }

  /// A filter of the page it stands on.
  static func filter(_ fields: [Field]) -> Form {
    Form(.ask, fields, submit: LocalizedText("查询", "Search"))
  }

  /// One field.
  struct Field: Sendable {
    enum Kind: Sendable {
      case line
      case day
      case month
      case whole
      case password
      case lines(rows: Int)
      case choice([(value: String, title: LocalizedText)])
      case hidden
    }

    let name: String
    let title: LocalizedText
    let kind: Kind
    let value: String
    let isRequired: Bool
    let hint: LocalizedText?

    init(
      _ name: String, _ chinese: String, _ english: String, _ kind: Kind = .line, value: String = "",
      isRequired: Bool = false, hint: LocalizedText? = nil
    ) {
      self.name = name
      title = LocalizedText(chinese, english)
      self.kind = kind
      self.value = value
      self.isRequired = isRequired
      self.hint = hint
    }
  }
}

import Kernel

/// What a field may hold; lengths count characters as the edition does.
enum FieldForm: Sendable {
  /// Text of at most so many characters.
  case text(Int)
  /// One value of a code list.
  case code(CodeList)
  /// 0 or 1.
  case flag
  /// A decimal number with so many digits in all, so many of them after the point.
  case number(Int, Int)
  /// A day, `yyyy-MM-dd`.
  case date
  /// A point in time, `yyyy-MM-dd HH:mm:ss`; a day alone means its beginning.
  case time
}

/// One field of an input node.
struct InputField: Sendable {
  let name: StaticString
  let title: String
  let form: FieldForm
  let isRequired: Bool
  /// The hash that members of the name have, made once.
  let hash: UInt32

  private init(_ name: StaticString, _ title: String, _ form: FieldForm, isRequired: Bool) {
    self.name = name
    self.title = title
    self.form = form
    self.isRequired = isRequired
    self.hash = NameHash.of(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// A field that has to be filled in.
  static func must(_ name: StaticString, _ title: String, _ form: FieldForm) -> InputField {
    InputField(name, title, form, isRequired: true)
  }

  /// A field that may be left empty; when it is filled in, its form counts.
  static func may(_ name: StaticString, _ title: String, _ form: FieldForm) -> InputField {
    InputField(name, title, form, isRequired: false)
  }

  /// The field's value in a row, `nil` when it is absent.
  func value(in row: JSONValue) -> JSONValue? {
    row.member(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), hash: hash)
  }
}

/// One node of a transaction's input.
struct InputNode: Sendable {
  let name: StaticString
  let fields: [InputField]
  /// Whether the node holds several rows; clients send an array for them, or an object for a single one.
  let isList: Bool
  let isOptional: Bool
  /// How many rows one message may carry.
  var most = Int.max
  /// Nodes inside each row.
  let children: [InputNode]

  /// A node of one row.
  static func one(
    _ name: StaticString, _ groups: FieldGroup..., own: [InputField] = [], children: [InputNode] = []
  ) -> InputNode {
    InputNode(
      name: name, fields: own + groups.flatMap(\.fields), isList: false, isOptional: false, children: children)
  }

  /// A node of several rows, at least one.
  static func many(
    _ name: StaticString, most: Int = .max, _ groups: FieldGroup..., own: [InputField] = [],
    children: [InputNode] = []
  ) -> InputNode {
    InputNode(
      name: name, fields: own + groups.flatMap(\.fields), isList: true, isOptional: false, most: most,
      children: children)
  }

  /// A node of any number of rows.
  static func manyOrNone(
    _ name: StaticString, _ groups: FieldGroup..., own: [InputField] = [], children: [InputNode] = []
  ) -> InputNode {
    InputNode(name: name, fields: own + groups.flatMap(\.fields), isList: true, isOptional: true, children: children)
  }
}

/// The input of one transaction.
struct TransactionForm: Sendable {
  let number: String
  let title: String
  let nodes: [InputNode]

  init(_ number: String, _ title: String, _ nodes: [InputNode]) {
    self.number = number
    self.title = title
    self.nodes = nodes
  }

  /// The form of a number, or `nil` when the transaction is not offered.
  static func of(_ number: String) -> TransactionForm? { byNumber[number] }

  static let all =
    entrance + pharmacy + outpatient + inpatient + admission + filing + analysis + settlementList + query + mapping
    + stock + catalogue

  private static let byNumber = Dictionary(all.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
}

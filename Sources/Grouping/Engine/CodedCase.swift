/// A code of a case as a number of one edition; two editions number differently.
public struct CodeNumber: Hashable, Sendable {
  /// No code: an empty cell.
  public static let missing = CodeNumber(raw: 0)
  /// A code that stands nowhere in the edition.
  public static let unknown = CodeNumber(raw: 1)

  /// The place among the edition's codes; 0 and 1 as above.
  public let raw: UInt32
}

/// A case in numbers of one edition, to be filled again and again when many cases are grouped.
///
/// ```swift
/// var coded = CodedCase()
/// for row in rows {
///   coded.clear()
///   coded.ageYears = row.age
///   coded.appendDiagnosis(edition.number(ofCode: row.principalDiagnosis))
///   let result = grouper.group(coded)
/// }
/// ```
public struct CodedCase: Sendable {
  /// The value of a number that was not stated.
  static let notStated = Int32.min

  /// Numbers of which nothing is stated; a department that is not stated is no intensive care.
  private static let nothingStated = {
    var numbers = SIMD8<Int32>(repeating: CodedCase.notStated)
    numbers[Int(NumberVariable.intensiveCare.rawValue)] = 0
    return numbers
  }()

  /// Values of the number variables, by ``NumberVariable``.
  var numbers = CodedCase.nothingStated
  var diagnoses: [CodeNumber] = []
  var procedures: [CodeNumber] = []

  /// Makes a case of which nothing is stated yet.
  public init() {}

  /// Takes everything back; memory is kept for the next case.
  public mutating func clear() {
    numbers = CodedCase.nothingStated
    diagnoses.removeAll(keepingCapacity: true)
    procedures.removeAll(keepingCapacity: true)
  }

  /// Adds a diagnosis; the first is the principal one.
  public mutating func appendDiagnosis(_ number: CodeNumber) { diagnoses.append(number) }

  /// Adds an operation or procedure; the first is the main one.
  public mutating func appendProcedure(_ number: CodeNumber) { procedures.append(number) }

  /// Age in completed years (`NL`).
  public var ageYears: Int? {
    get { self[.ageYears] }
    set { self[.ageYears] = newValue }
  }
  /// Age in days at admission (`XSRTL`).
  public var ageDays: Int? {
    get { self[.ageDays] }
    set { self[.ageDays] = newValue }
  }
  /// Birth weight in grams (`XSRTZ`); 0 counts as not stated.
  public var birthWeightGrams: Int? {
    get { self[.birthWeight] }
    set { self[.birthWeight] = newValue == 0 ? nil : newValue }
  }
  /// Sex (`XB`).
  public var sex: PatientSex? {
    get { self[.sex].flatMap { UInt8(exactly: $0) }.flatMap(PatientSex.init(rawValue:)) }
    set { self[.sex] = newValue.map { Int($0.rawValue) } }
  }
  /// Days of the stay (`ZYTS`).
  public var stayDays: Int? {
    get { self[.stayDays] }
    set { self[.stayDays] = newValue }
  }
  /// How the patient left (`LYFS`).
  public var dischargeKind: Int? {
    get { self[.dischargeKind] }
    set { self[.dischargeKind] = newValue }
  }
  /// Whether the patient left from intensive care (`ZZJH`); `false` when the department is not stated.
  public var isIntensiveCare: Bool {
    get { self[.intensiveCare] == 1 }
    set { self[.intensiveCare] = newValue ? 1 : 0 }
  }

  /// What keeps the case from being looked at.
  var fault: GroupingReason? {
    if diagnoses.isEmpty || diagnoses[0] == .missing { return .noPrincipalDiagnosis }
    // What is not stated is the least of all numbers, and nothing else may be below zero.
    for place in numbers.indices where numbers[place] < 0 && numbers[place] != CodedCase.notStated {
      return .negativeNumber
    }
    return nil
  }

  /// A number as rules compare it.
  @inline(__always)
  func value(of variable: NumberVariable) -> Int32? {
    let value = numbers[Int(variable.rawValue)]
    return value == CodedCase.notStated ? nil : value
  }

  /// A number; what is too large for rules is held at the bounds, which no rule reaches.
  private subscript(variable: NumberVariable) -> Int? {
    get { value(of: variable).map(Int.init) }
    set {
      numbers[Int(variable.rawValue)] =
        newValue.map { Int32(clamping: Swift.max($0, Int(Int32.min) + 1)) } ?? CodedCase.notStated
    }
  }
}

public import Kernel

/// What a code stands for: a diagnosis or a procedure; each has tables of its own.
public enum CodeFamily: UInt8, Hashable, Sendable, CaseIterable {
  /// Diagnoses (疾病诊断, ICD-10).
  case diagnosis
  /// Operations and procedures (手术操作, ICD-9-CM-3).
  case procedure

  /// What the family is called.
  public var name: LocalizedText {
    switch self {
    case .diagnosis: LocalizedText("诊断", "diagnosis")
    case .procedure: LocalizedText("手术操作", "procedure")
    }
  }
}

/// The two national versions of the code tables that hospitals write.
public enum CodeVersion: UInt8, Hashable, Sendable, CaseIterable {
  /// The insurance's version (医保版), by which settlement lists are sent and editions are written.
  case national
  /// The clinical version (临床版), by which first pages of records are written.
  case clinical

  /// What the version is called.
  public var name: LocalizedText {
    switch self {
    case .national: LocalizedText("医保版", "the national version")
    case .clinical: LocalizedText("临床版", "the clinical version")
    }
  }
}

/// A code and its name.
public struct NamedCode: Hashable, Sendable {
  /// The code, as the table writes it: `I21.400`, `A01.002+G01*`, `36.0601`.
  public var code: String
  /// The name that the table gives it.
  public var name: String

  /// Makes a code with its name.
  public init(_ code: String, _ name: String) {
    self.code = code
    self.name = name
  }

  /// The code and its name, `I21.400 急性心内膜下心肌梗死`.
  public var text: String { "\(code) \(name)" }
}

public import Kernel

/// Something wrong with a DIP catalogue: what, where, why, and what to do.
public struct DIPFinding: Error, Hashable, Sendable {
  /// What kind of fault it is.
  public let fault: Fault
  /// The table.
  public let sheet: DIPSheet
  /// The layer of the row, when it is a group.
  public let layer: DIPLayer?
  /// The row of the file, from 1; 0 when the table as a whole is meant.
  public let row: Int
  /// The column.
  public let column: Column?
  /// What is wrong, with the codes involved, and what to do.
  public let message: LocalizedText
  /// The offending text, shortened.
  public let excerpt: String

  /// Whether the catalogue cannot be used with it.
  public var isError: Bool { fault.isError }

  /// Kinds of fault; numbers never change.
  public enum Fault: UInt8, Hashable, Sendable, CaseIterable, Codable {
    /// A cell does not read.
    case unreadableCell = 1
    /// The row says nothing.
    case emptyRow = 2
    /// The row is a second header (列名行) that was read as data.
    case headerAsData = 3
    /// Another row has the same code.
    case duplicateCode = 4
    /// Another row takes the same cases.
    case duplicateRow = 5
    /// No case can reach the row, because earlier ones take them all.
    case shadowedRow = 6
    /// Some codes of the row never lead to it, because earlier rows take them.
    case shadowedCodes = 7
    /// A code is not in the code standard.
    case unknownCode = 8
    /// A principal diagnosis has another length than the manifest allows.
    case unusualLength = 9
    /// The row belongs to a layer that the manifest does not ask.
    case layerNotInForce = 10
    /// The code is empty.
    case missingCode = 11
    /// The alternatives of the row make too many combinations.
    case tooManyCombinations = 12
    /// A class of a procedure is none of the known ones.
    case unknownClass = 13
    /// The row asks a principal diagnosis to be several codes at once.
    case impossiblePrincipal = 14
    /// Every case with this principal diagnosis is rejected before it comes here.
    case alwaysRejected = 15
    /// The main procedure is on the list of those that never count as such.
    case neverMain = 16

    /// Whether a catalogue with it cannot be used.
    public var isError: Bool {
      switch self {
      case .unreadableCell, .headerAsData, .missingCode, .tooManyCombinations, .unknownClass, .impossiblePrincipal,
        .emptyRow:
        true
      case .duplicateCode, .duplicateRow, .shadowedRow, .shadowedCodes, .unknownCode, .unusualLength,
        .layerNotInForce, .alwaysRejected, .neverMain:
        false
      }
    }
  }

  /// Columns that findings point at, by their word in files.
  public enum Column: String, Hashable, Sendable, CaseIterable {
    /// Code of the group or of the entry.
    case code
    /// What the principal diagnosis must be.
    case principal = "principal_diagnosis"
    /// What must be among all diagnoses.
    case diagnoses
    /// What must be among the other diagnoses.
    case otherDiagnoses = "other_diagnoses"
    /// What the main procedure must be.
    case mainProcedure = "main_procedure"
    /// What must be among the other procedures.
    case relatedProcedures = "related_procedures"
    /// What must be among all procedures.
    case procedures
    /// Age in days.
    case ageDays = "age_days"
    /// Birth weight.
    case birthWeight = "birth_weight"
    /// Resistance.
    case resistant
    /// Scope of a restriction.
    case scope
    /// Class of a procedure.
    case kind = "class"

    /// What the column is called.
    public var title: LocalizedText {
      switch self {
      case .code: LocalizedText("编码", "code")
      case .principal: LocalizedText("主要诊断编码", "principal diagnosis")
      case .diagnoses: LocalizedText("诊断编码", "diagnoses")
      case .otherDiagnoses: LocalizedText("其他诊断编码", "other diagnoses")
      case .mainProcedure: LocalizedText("主要手术操作编码", "main procedure")
      case .relatedProcedures: LocalizedText("相关手术操作编码", "other procedures")
      case .procedures: LocalizedText("手术操作编码", "procedures")
      case .ageDays: LocalizedText("天龄", "age in days")
      case .birthWeight: LocalizedText("出生体重", "birth weight")
      case .resistant: LocalizedText("是否耐药", "resistance")
      case .scope: LocalizedText("限定主要诊断", "scope")
      case .kind: LocalizedText("类别", "class")
      }
    }
  }

  init(
    _ fault: Fault, _ sheet: DIPSheet, layer: DIPLayer? = nil, row: Int, _ column: Column? = nil,
    _ message: LocalizedText, excerpt: String = ""
  ) {
    self.fault = fault
    self.sheet = sheet
    self.layer = layer
    self.row = row
    self.column = column
    self.message = message
    self.excerpt = excerpt
  }
}

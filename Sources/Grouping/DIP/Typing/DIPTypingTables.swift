public import Kernel

/// The tables by which cases of a DIP group are told apart further (辅助目录, 辅助分型), with their source and dates.
///
/// Which types there are, on what they rest and what they are worth differs by edition and place; all of it is data.
/// The code has no factor of its own.
public struct DIPTypingTables: Hashable, Sendable {
  /// The identifier.
  public var identifier: String
  /// The name.
  public var name: String
  /// Where the tables come from.
  public var source: String
  /// The days on which they hold.
  public var period: DateRange
  /// The conditions of the comorbidity index (CCI), with their points.
  public var comorbidities: [ComorbidityRow]
  /// The types of all dimensions, in order; of one dimension the first that applies counts.
  public var types: [TypeRow]
  /// What types are worth, by group.
  public var factors: [FactorRow]

  /// Makes tables.
  public init(
    identifier: String, name: String, source: String, period: DateRange, comorbidities: [ComorbidityRow] = [],
    types: [TypeRow] = [], factors: [FactorRow] = []
  ) {
    self.identifier = identifier
    self.name = name
    self.source = source
    self.period = period
    self.comorbidities = comorbidities
    self.types = types
    self.factors = factors
  }

  /// A condition of the comorbidity index.
  public struct ComorbidityRow: Hashable, Sendable {
    /// The condition, `mild_liver`.
    public var condition: String
    /// Its points.
    public var points: Int
    /// The other diagnoses that mean it; a cell of diagnoses.
    public var diagnoses: String
    /// The condition beside which it does not count, `severe_liver`; empty when none.
    public var replacedBy: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(condition: String, points: Int, diagnoses: String, replacedBy: String = "", row: Int) {
      self.condition = condition
      self.points = points
      self.diagnoses = diagnoses
      self.replacedBy = replacedBy
      self.row = row
    }
  }

  /// A type: the dimension that it belongs to, and the conditions, all of which must hold.
  public struct TypeRow: Hashable, Sendable {
    /// The dimension, `severity`, `age`, `icu`, `cci`, `tumour`.
    public var dimension: String
    /// The code within the dimension.
    public var code: String
    /// The name.
    public var name: String
    /// What the principal diagnosis must be; a cell of diagnoses.
    public var principal = ""
    /// What must be among the other diagnoses; a cell of diagnoses.
    public var otherDiagnoses = ""
    /// Whether that diagnosis must be of another category than the principal one (a tumour elsewhere).
    public var isOtherCategory = false
    /// Ranges of numbers, by what they are about.
    public var ranges: [Measure: String] = [:]
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row without conditions.
    public init(dimension: String, code: String, name: String, row: Int) {
      self.dimension = dimension
      self.code = code
      self.name = name
      self.row = row
    }
  }

  /// A number that a type may ask about; the raw value is the column.
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Age in completed years.
    case ageYears = "age_years"
    /// Age in days.
    case ageDays = "age_days"
    /// Days of the stay.
    case stayDays = "stay_days"
    /// Days in intensive care (ICU).
    case intensiveDays = "icu_days"
    /// How the patient left, 5 for died.
    case dischargeKind = "discharge_kind"
    /// The comorbidity index.
    case index = "cci"
    /// The cost in per cent of the group's standard, rounded down.
    case costPercent = "cost_percent"
    /// Fees for treatment in per cent of the cost, rounded down.
    case treatmentPercent = "treatment_percent"
    /// Drugs in per cent of the cost, rounded down.
    case drugPercent = "drug_percent"
  }

  /// What a type is worth in a group.
  public struct FactorRow: Hashable, Sendable {
    /// The group, `*` for groups that have no row of their own.
    public var group: String
    /// The dimension.
    public var dimension: String
    /// The type.
    public var code: String
    /// The factor.
    public var factor: Rate
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(group: String, dimension: String, code: String, factor: Rate, row: Int) {
      self.group = group
      self.dimension = dimension
      self.code = code
      self.factor = factor
      self.row = row
    }
  }
}

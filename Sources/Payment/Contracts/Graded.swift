public import People

/// A term that differs by institution, level and scheme: the most special value that is stated counts.
///
/// An institution's own value comes before its level's, and a value for the case's scheme before one for both.
public struct Graded<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Whom a value is for.
  public struct Key: Sendable, Hashable {
    /// One institution; `nil` for all.
    public var institution: String?
    /// One level; `nil` for all.
    public var level: InstitutionLevel?
    /// One scheme; `nil` for all.
    public var scheme: InsuranceScheme?

    /// Makes a key; what is left out is for all.
    public init(institution: String? = nil, level: InstitutionLevel? = nil, scheme: InsuranceScheme? = nil) {
      self.institution = institution
      self.level = level
      self.scheme = scheme
    }
  }

  /// The values by whom they are for.
  public private(set) var values: [Key: Value]
  private var byGrade: [Value?]
  private let byInstitution: [String: Own]

  /// What an institution has of its own.
  private struct Own: Sendable, Hashable {
    let employee: Value?
    let resident: Value?
  }

  /// Makes a term.
  public init(_ values: [Key: Value]) {
    self.values = values
    let institutions = Set(values.keys.compactMap(\.institution))
    byInstitution = Dictionary(
      uniqueKeysWithValues: institutions.map { institution in
        let both = values[Key(institution: institution)]
        return (
          institution,
          Own(
            employee: values[Key(institution: institution, scheme: .employee)] ?? both,
            resident: values[Key(institution: institution, scheme: .resident)] ?? both)
        )
      })
    byGrade = InstitutionLevel.allCases.flatMap { level in
      InsuranceScheme.allCases.map { scheme in
        values[Key(level: level, scheme: scheme)] ?? values[Key(level: level)] ?? values[Key(scheme: scheme)]
          ?? values[Key()]
      }
    }
  }

  /// Makes a term that is the same for all.
  public init(_ value: Value) { self.init([Key(): value]) }

  /// The value for a case, or `nil` when none is stated for it.
  public subscript(_ paid: PaymentCase) -> Value? {
    self[institution: paid.institution, level: paid.level, scheme: paid.scheme]
  }

  /// The value for an institution, a level and a scheme, or `nil` when none is stated.
  public subscript(institution institution: String, level level: InstitutionLevel, scheme scheme: InsuranceScheme)
    -> Value?
  {
    if let own = byInstitution[institution], let value = scheme == .employee ? own.employee : own.resident {
      return value
    }
    let place = Int(level.rawValue) * InsuranceScheme.allCases.count + (scheme == .employee ? 0 : 1)
    return byGrade[place]
  }
}

import People

/// Diagnoses that only one sex can have: blocks of ICD-10 whose titles name the organs of one sex.
enum SexBoundDiagnoses {
  /// Pregnancy, delivery and puerperium (ICD-10 chapter XV, O00–O99).
  static func isObstetric(_ code: String) -> Bool { code.utf8.first == UInt8(ascii: "O") }

  /// Conditions of the perinatal period (ICD-10 chapter XVI, P00–P96).
  static func isPerinatal(_ code: String) -> Bool { code.utf8.first == UInt8(ascii: "P") }

  /// A block of categories, from one to another.
  private struct Block {
    let first: String
    let last: String
    let sex: Sex

    init(_ first: String, _ last: String, _ sex: Sex) {
      self.first = first
      self.last = last
      self.sex = sex
    }
  }

  private static let blocks = [
    // Malignant and in-situ neoplasms of female and male genital organs.
    Block("C51", "C58", .female), Block("C60", "C63", .male), Block("D06", "D06", .female),
    // Benign neoplasms, and those of uncertain behaviour.
    Block("D25", "D28", .female), Block("D29", "D29", .male), Block("D39", "D39", .female),
    Block("D40", "D40", .male),
    // Diseases of male genital organs; of female pelvic organs and genital tract.
    Block("N40", "N51", .male), Block("N70", "N77", .female), Block("N80", "N98", .female),
    // Malformations of genital organs.
    Block("Q50", "Q52", .female), Block("Q53", "Q55", .male),
    // Supervision of pregnancy, outcome of delivery, care after it.
    Block("Z32", "Z37", .female), Block("Z39", "Z39", .female),
  ]

  /// The sex that a diagnosis belongs to; `nil` when both can have it.
  static func sex(of code: String) -> Sex? {
    let category = String(code.prefix(3))
    guard category.utf8.count == 3 else { return nil }
    return blocks.first { $0.first <= category && category <= $0.last }?.sex
  }
}

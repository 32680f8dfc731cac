public import Kernel

/// What a cell of a DIP catalogue says about codes: alternatives, each of which asks for one or several codes.
///
/// The language of the published tables: `|` separates alternatives, `+` joins codes that must all be there, `/` joins
/// codes of which one must be there. `/` binds strongest and `|` weakest, so that the national `A+B|C` and the local
/// `A+B/C` both read as their authors mean them. A diagnosis may be a category (`A40`), any longer beginning of a code,
/// or a range (`C00-C14`, `T20.2-T20.7`); `所有诊断` takes every diagnosis. A procedure is a whole code.
///
/// ```swift
/// try DIPCell("A15-A16|A40.0", of: .diagnosis).matches(["A16.200"])  // true
/// try DIPCell("96.7201+39.9500x007", of: .procedure)  // both procedures
/// ```
public struct DIPCell: Hashable, Sendable {
  /// What kind of code stands in the cell.
  public enum Subject: Hashable, Sendable {
    /// Diagnoses (疾病诊断), taken by their beginning.
    case diagnosis
    /// Operations and procedures (手术操作), taken whole.
    case procedure
  }

  /// How a list written with commas is meant; published tables use no commas, local ones do.
  public enum Comma: String, Hashable, Sendable, CaseIterable {
    /// A comma is an error.
    case refused
    /// One of the codes (as `|`).
    case any
    /// All of the codes (as `+`).
    case all
  }

  /// A code, or a run of codes, that a cell names.
  struct Term: Hashable, Sendable {
    var first: PackedCode
    /// The same as `first` for a single code.
    var last: PackedCode

    var isRange: Bool { first != last }

    /// How narrow the term is: longer beginnings before shorter ones, a single beginning before a range.
    var rank: Int { 2 * first.length - (isRange ? 1 : 0) }

    /// Every beginning that the term stands for, ascending.
    let prefixes: [PackedCode]
  }

  /// The alternatives; each is a list of codes to be there, each of which may be one of several.
  let alternatives: [[[Term]]]
  /// What kind of code the cell holds.
  public let subject: Subject

  /// Whether the cell takes every diagnosis.
  var takesAll: Bool { alternatives.contains { $0.allSatisfy { $0.contains { $0.first == .empty } } } }

  /// Whether codes satisfy the cell.
  ///
  /// - Parameter codes: codes of a case; what is not a code counts for nothing.
  public func matches(_ codes: [String]) -> Bool {
    let form: PackedCode.Form = subject == .diagnosis ? .diagnosis : .procedure
    return matches(packed: codes.compactMap { PackedCode($0, form) })
  }

  /// Whether codes satisfy the cell.
  func matches(packed: some Collection<PackedCode>) -> Bool {
    alternatives.contains { alternative in
      alternative.allSatisfy { choices in choices.contains { term in packed.contains { takes($0, term) } } }
    }
  }

  private func takes(_ code: PackedCode, _ term: Term) -> Bool {
    subject == .procedure ? code == term.first : term.prefixes.contains { $0.isPrefix(of: code) }
  }

  /// A cell that does not read.
  public struct Fault: Error, Hashable, Sendable {
    /// The place of the offending text in the cell, in characters from 1.
    public let position: Int
    /// The offending text.
    public let excerpt: String
    /// What is wrong and what was expected.
    public let message: LocalizedText
  }

  init(_ alternatives: [[[Term]]], of subject: Subject) {
    self.alternatives = alternatives
    self.subject = subject
  }
}

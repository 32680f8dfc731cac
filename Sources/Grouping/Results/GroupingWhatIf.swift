public import Kernel

/// A change of a case to ask "what if" with.
public enum CaseChange: Hashable, Sendable {
  /// Another principal diagnosis: one of the case moves to the front, any other takes the principal one's place.
  case principalDiagnosis(String)
  /// Another main procedure: one of the case moves to the front, any other takes the main one's place.
  case mainProcedure(String)
  /// Without a code, wherever it stands.
  case without(String)

  /// What is changed, as a word of files and JSON.
  public var word: String {
    switch self {
    case .principalDiagnosis: "principal_diagnosis"
    case .mainProcedure: "main_procedure"
    case .without: "without"
    }
  }

  /// The code that the change is about.
  public var code: String {
    switch self {
    case .principalDiagnosis(let code), .mainProcedure(let code), .without(let code): code
    }
  }

  /// The change for people.
  public var title: LocalizedText {
    switch self {
    case .principalDiagnosis(let code): LocalizedText("主要诊断改为 \(code)", "principal diagnosis \(code)")
    case .mainProcedure(let code): LocalizedText("主要手术操作改为 \(code)", "main procedure \(code)")
    case .without(let code): LocalizedText("去掉 \(code)", "without \(code)")
    }
  }
}

/// What a change of a case would make of its group.
public struct GroupingWhatIf: Hashable, Sendable {
  /// The change.
  public let change: CaseChange
  /// The result of the changed case.
  public let result: GroupingResult
}

extension GroupingCase {
  /// The case with a change.
  public func changed(by change: CaseChange) -> GroupingCase {
    var changed = self
    switch change {
    case .principalDiagnosis(let code): changed.diagnoses = Self.leading(code, diagnoses)
    case .mainProcedure(let code): changed.procedures = Self.leading(code, procedures)
    case .without(let code):
      changed.diagnoses.removeAll { $0 == code }
      changed.procedures.removeAll { $0 == code }
    }
    return changed
  }

  private static func leading(_ code: String, _ codes: [String]) -> [String] {
    guard let place = codes.firstIndex(of: code) else { return [code] + codes.dropFirst() }
    return [code] + codes[..<place] + codes[(place + 1)...]
  }

  /// Every change that another order or the loss of one code makes, each once.
  public var possibleChanges: [CaseChange] {
    var changes: [CaseChange] = diagnoses.dropFirst().map { .principalDiagnosis($0) }
    changes += procedures.dropFirst().map { .mainProcedure($0) }
    changes += (diagnoses + procedures).map { .without($0) }
    var seen: Set<CaseChange> = []
    return changes.filter { seen.insert($0).inserted }
  }
}

extension Grouper {
  /// The results of the same case with changes.
  ///
  /// - Parameters:
  ///   - groupingCase: the case as stated.
  ///   - changes: what to change, one at a time; when not given, another principal diagnosis or main procedure of the
  ///     case, and the loss of each of its codes.
  public func whatIf(_ groupingCase: GroupingCase, _ changes: [CaseChange]? = nil) -> [GroupingWhatIf] {
    (changes ?? groupingCase.possibleChanges).map { change in
      GroupingWhatIf(change: change, result: group(groupingCase.changed(by: change)))
    }
  }
}

/// The same case under several editions, side by side.
public struct GroupingComparison: Hashable, Sendable {
  /// One edition's answer.
  public struct Answer: Hashable, Sendable {
    /// The edition's identifier.
    public let edition: String
    /// The result.
    public let result: GroupingResult
  }

  /// The answers in the order of the editions given.
  public let answers: [Answer]

  /// Groups a case under every edition.
  public init(of groupingCase: GroupingCase, under groupers: [Grouper]) {
    answers = groupers.map { Answer(edition: $0.edition.manifest.identifier, result: $0.group(groupingCase)) }
  }

  /// Whether every edition reports the same code.
  public var isUnanimous: Bool { Set(answers.map(\.result.code)).count <= 1 }
}

import Kernel

/// When details were sent to be audited.
public enum AnalysisStage: String, Codable, Sendable, CaseIterable {
  /// Before care (事前, 3101).
  case before = "1"
  /// During care (事中, 3102).
  case during = "2"
}

/// Details of a visit that an institution sent to be audited (明细审核, 3101, 3102), kept as they came.
///
/// Supervision reads them; until it does, an audit finds nothing.
public struct DetailAnalysis: FiledRecord {
  /// The register of audits.
  public static let register = "analysis"

  /// The number of the audit.
  public var id: String
  /// The institution.
  public var owner: String
  /// The visit as the institution names it (`curr_mdtrt_id`).
  public var subject: String
  /// When it came.
  public var time: String
  /// Before or during care.
  public var stage: AnalysisStage
  /// The person as the institution names them (`patn_id`).
  public var person: String
  /// The input as it came, JSON.
  public var content: String

  /// Makes details that the desk has not numbered yet.
  public init(stage: AnalysisStage, visit: String, person: String, content: String) {
    id = ""
    owner = ""
    subject = visit
    time = ""
    self.stage = stage
    self.person = person
    self.content = content
  }
}

/// What a doctor did about one finding of an audit (事前事中服务反馈, 3103).
public struct AnalysisFeedback: FiledRecord {
  /// What was done about a finding (`dspo_way`).
  public enum Action: String, Codable, Sendable, CaseIterable {
    /// The order was carried out (继续执行医嘱).
    case carriedOut = "1"
    /// The order was changed (返回修改医嘱).
    case changed = "2"
  }

  /// The register of feedback.
  public static let register = "analysis-feedback"

  /// The number of the feedback.
  public var id: String
  /// The institution.
  public var owner: String
  /// The finding (`warn_rslt_id`).
  public var subject: String
  /// When it came.
  public var time: String
  /// Before or during care.
  public var stage: AnalysisStage
  /// What was done.
  public var action: Action
  /// Why (`dspo_way_rea`).
  public var reason: String

  /// Makes feedback that the desk has not numbered yet.
  public init(stage: AnalysisStage, finding: String, action: Action, reason: String) {
    id = ""
    owner = ""
    subject = finding
    time = ""
    self.stage = stage
    self.action = action
    self.reason = reason
  }
}

extension PayerDesk {
  /// Keeps details that were sent to be audited (3101, 3102).
  ///
  /// - Returns: the number of the audit.
  public func analyse(_ details: [DetailAnalysis], _ message: MessageContext) async -> Result<[String], DeskRefusal> {
    await keep(message, details) { $0.with(id: $1, message) }
  }

  /// Keeps what was done about findings (3103).
  ///
  /// - Returns: the numbers of the feedback.
  public func answerFindings(_ feedback: [AnalysisFeedback], _ message: MessageContext) async
    -> Result<[String], DeskRefusal>
  {
    await keep(message, feedback) { $0.with(id: $1, message) }
  }

  /// Files records under numbers of their own, once.
  private func keep<Record: FiledRecord>(
    _ message: MessageContext, _ records: [Record], _ number: @escaping @Sendable (Record, String) -> Record
  ) async -> Result<[String], DeskRefusal> {
    let desk = self
    return await once(
      message, again: { _, made throws(StoreError) in .success(made.split(separator: "\n").map(String.init)) },
      { transaction throws(StoreError) in
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        var numbers: [String] = []
        for record in records {
          let id = "\(desk.region)A\(try transaction.nextNumber("analysis"))"
          try transaction.put(number(record, id))
          numbers.append(id)
        }
        return .success((numbers, made: numbers.joined(separator: "\n")))
      })
  }
}

extension DetailAnalysis {
  fileprivate func with(id: String, _ message: MessageContext) -> Self {
    var numbered = self
    (numbered.id, numbered.owner, numbered.time) = (id, message.institution, message.time)
    return numbered
  }
}

extension AnalysisFeedback {
  fileprivate func with(id: String, _ message: MessageContext) -> Self {
    var numbered = self
    (numbered.id, numbered.owner, numbered.time) = (id, message.institution, message.time)
    return numbered
  }
}

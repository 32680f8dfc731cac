import Claims
public import Kernel
import People

/// What came of gathering cases, and which settlements are not ready to be paid by a group.
public struct GatheringReport: Hashable, Sendable {
  /// Institutions looked at.
  public internal(set) var institutionCount = 0
  /// Settled stays that were not reversed.
  public internal(set) var stayCount = 0
  /// Stays whose settlement was reversed; their cases were taken away.
  public internal(set) var reversedCount = 0
  /// Cases put into the store.
  public internal(set) var caseCount = 0
  /// Settlements without a list or a group, in order of institution and day.
  public internal(set) var gaps: [GatheringGap] = []

  /// Makes a report of nothing.
  public init() {}
}

/// A settled stay that lacks what payment needs.
public struct GatheringGap: Hashable, Sendable {
  /// What it lacks.
  public enum Kind: Hashable, Sendable {
    /// No settlement list was uploaded; there is no case.
    case noList
    /// The list was uploaded and not handed in, or was sent back; there is no case.
    case listNotSubmitted
    /// No group took the case; the contract says how it is paid.
    case noGroup(LocalizedText)

    /// The word in files and JSON.
    public var word: String {
      switch self {
      case .noList: "no_list"
      case .listNotSubmitted: "list_not_submitted"
      case .noGroup: "no_group"
      }
    }
  }

  /// The settlement (`setl_id`).
  public let settlement: String
  /// The institution (`fixmedins_code`).
  public let institution: String
  /// What it lacks.
  public let kind: Kind

  init(_ record: SettlementRecord, _ kind: Kind) {
    settlement = record.id
    institution = record.claim.institution.code
    self.kind = kind
  }

  /// What it lacks, for people.
  public var message: LocalizedText {
    switch kind {
    case .noList: LocalizedText("未上传结算清单，未归集", "no settlement list was uploaded; no case")
    case .listNotSubmitted:
      LocalizedText("结算清单未提交或被退回，未归集", "the settlement list is not handed in, or was sent back; no case")
    case .noGroup(let reason):
      LocalizedText("未入组：\(reason.chinese)", "no group: \(reason.english)")
    }
  }
}

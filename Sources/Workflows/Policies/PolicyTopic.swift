import Claims
public import Kernel
import People
import Settlement

/// What a policy value is about: who, and which part of the benefit (政策主题).
public struct PolicyTopic: Hashable, Sendable {
  /// The beginning of the identifiers of its values.
  public let word: String
  /// What people call it.
  public let title: LocalizedText
  /// The place in the order in which a reader goes through a region's policy.
  public let place: Int

  /// Every topic, in that order.
  public static let all: [PolicyTopic] = {
    var topics: [(String, LocalizedText)] = [
      ("enrolment", LocalizedText("参保", "Enrolment")), ("contribution", LocalizedText("缴费", "Contributions")),
      ("frame", LocalizedText("省级待遇框架", "Provincial frame")), ("settlement", LocalizedText("结算通则", "Settlement")),
    ]
    for scheme in InsuranceScheme.allCases {
      let (prefix, short) = ("settlement.\(scheme.rawValue)", scheme.shortTitle)
      topics.append((prefix, LocalizedText("\(short.chinese) · 通则", "\(short.english) · general")))
      let parts =
        CareCategory.allCases.map { ($0.word, $0.title) } + SupplementLayer.allCases.map { ($0.word, $0.title) }
      topics += parts.map { word, title in
        (
          "\(prefix).\(word)",
          LocalizedText("\(short.chinese) · \(title.chinese)", "\(short.english) · \(title.english)")
        )
      }
    }
    return topics.enumerated().map { PolicyTopic(word: $1.0, title: $1.1, place: $0) }
  }()

  /// The topic of a value: the narrowest one that its identifier begins with.
  public static func of(_ identifier: String) -> PolicyTopic {
    let words = identifier.split(separator: ".")
    for count in stride(from: min(3, words.count - 1), through: 1, by: -1) {
      if let topic = byWord[words.prefix(count).joined(separator: ".")] { return topic }
    }
    return PolicyTopic(word: identifier, title: LocalizedText(identifier, identifier), place: all.count)
  }

  private static let byWord = Dictionary(all.map { ($0.word, $0) }, uniquingKeysWith: { first, _ in first })
}

extension InsuranceScheme {
  /// What it is called where room is short.
  fileprivate var shortTitle: LocalizedText {
    switch self {
    case .employee: LocalizedText("职工医保", "employees")
    case .resident: LocalizedText("居民医保", "residents")
    }
  }
}

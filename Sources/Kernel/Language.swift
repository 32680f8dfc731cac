/// A language in which people are addressed.
public enum Language: String, Sendable, CaseIterable {
  /// Chinese, the language of the field.
  case chinese = "zh"
  /// English.
  case english = "en"

  /// The one of two texts that is in this language; the other is not made.
  @inlinable
  public func text(_ chinese: @autoclosure () -> String, _ english: @autoclosure () -> String) -> String {
    switch self {
    case .chinese: chinese()
    case .english: english()
    }
  }
}

/// A text in both languages of the product.
public struct LocalizedText: Hashable, Sendable {
  /// The Chinese text, as a handling clerk would write it.
  public let chinese: String
  /// The English text.
  public let english: String

  /// Makes a text from its two versions.
  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// The text in one language.
  public subscript(language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}

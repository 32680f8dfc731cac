import Foundation
import Kernel

/// Texts and numbers of a message by their names, for what the page says about it.
struct JSONFacts {
  private let root: [String: Any]

  /// Reads a message that has to be an object.
  init(_ json: String, _ parameter: String) throws(ViewFault) {
    guard let root = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
      throw .parameter(
        parameter, LocalizedText("不是 JSON 对象；请核对括号、引号和逗号", "is no JSON object; check brackets, quotes and commas"))
    }
    self.root = root
  }

  /// A member of the envelope.
  func text(_ name: String) -> String? { Self.text(root[name]) }

  /// A member wherever it stands, the outermost first; `nil` when it is empty or not there.
  func found(_ name: String) -> String? {
    var level: [Any] = [root]
    while !level.isEmpty {
      var below: [Any] = []
      for value in level {
        if let object = value as? [String: Any] {
          if let text = Self.text(object[name]), !text.isEmpty { return text }
          below += object.sorted { $0.key < $1.key }.map(\.value)
        } else if let list = value as? [Any] {
          below += list
        }
      }
      level = below
    }
    return nil
  }

  private static func text(_ value: Any?) -> String? {
    switch value {
    case let text as String: text
    case let number as NSNumber: number.stringValue
    default: nil
    }
  }
}

import Foundation

/// The examples of payment, each with what goes in and what must come out, as text.
struct PaymentExample: CustomStringConvertible, Sendable {
  let id: String
  let domain: String
  /// Inputs by name; lists stay lists.
  let inputs: [String: [String]]
  let expected: [String: String]

  var description: String { id }

  func input(_ name: String) throws -> String { try Need.value(inputs[name]?.first) }

  /// Reads the shared file; empty when there is none.
  static let all: [PaymentExample] = {
    guard let path = SharedFolder.path,
      let data = FileManager.default.contents(atPath: path + "/cases/payment-examples.json"),
      let file = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let list = file["examples"] as? [[String: Any]]
    else { return [] }
    return list.compactMap { entry in
      guard let id = entry["id"] as? String, let domain = entry["domain"] as? String,
        let inputs = entry["inputs"] as? [String: Any], let expected = entry["expected"] as? [String: Any]
      else { return nil }
      return PaymentExample(
        id: id, domain: domain, inputs: inputs.mapValues(texts), expected: expected.compactMapValues { texts($0).first }
      )
    }
  }()

  private static func texts(_ value: Any) -> [String] {
    switch value {
    case let text as String: [text]
    case let number as NSNumber:
      // A JSON truth is a number of its own type.
      [CFBooleanLike.isBoolean(number) ? (number.boolValue ? "true" : "false") : number.stringValue]
    case let list as [Any]: list.flatMap(texts)
    default: []
    }
  }
}

private enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}

import Foundation
import Kernel

/// The API's description (OpenAPI 3.1), made from the lists that the routes are made from.
struct OpenAPIDocument {
  let views: [View]
  let actions: [Action]

  /// The document, keys in order.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document))
  }

  private var document: JSONNode {
    var paths: [String: JSONNode] = ["/sign-in": Self.signIn, "/sign-out": Self.signOut]
    for view in views { paths["/" + view.apiPath] = ["get": get(view)] }
    for action in actions {
      let path = "/" + action.path
      guard case .object(var operations) = paths[path] ?? [:] else { continue }
      operations["post"] = post(action)
      paths[path] = .object(operations)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "OpenYibao", "version": "1",
        "description":
          .text(Self.both(Self.about)),
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": .text(Address.api)]],
      "security": [["bearer": []]],
      "components": [
        "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
        "schemas": [
          "Problem": [
            "type": "object", "required": ["status", "code", "title", "title_en"],
            "properties": [
              "type": ["type": "string"], "status": ["type": "integer"], "code": ["type": "string"],
              "title": ["type": "string"], "title_en": ["type": "string"],
            ],
          ]
        ],
      ],
      "paths": .object(paths),
    ]
  }

  private static let about = LocalizedText(
    "控制台的每个页面都是一个资源；金额为整数分，比例为小数文本",
    "every page of the console is a resource; amounts are whole fen, shares decimal text")

  // MARK: Operations

  private func get(_ view: View) -> JSONNode {
    var properties: [String: JSONNode] = [:]
    for form in view.tables { properties[form.key] = Self.schema(form) }
    return [
      "operationId": .text(Self.identifier("get", view.apiPath)), "summary": .text(Self.both(view.summary)),
      "tags": [.text(view.section.rawValue)],
      "parameters": .list((view.parameters + [Self.language]).map(Self.parameter)),
      "responses": Self.responses(["type": "object", "properties": .object(properties), "additionalProperties": true]),
    ]
  }

  private func post(_ action: Action) -> JSONNode {
    var properties: [String: JSONNode] = [:]
    for parameter in action.parameters where !parameter.isInPath {
      properties[parameter.name] = ["type": "string", "description": .text(Self.both(parameter.note))]
    }
    return [
      "operationId": .text(Self.identifier("post", action.path)), "summary": .text(Self.both(action.title)),
      "tags": [.text(action.section.rawValue)],
      "parameters": .list(action.parameters.filter(\.isInPath).map(Self.parameter)),
      "requestBody": [
        "content": ["application/json": ["schema": ["type": "object", "properties": .object(properties)]]]
      ],
      "responses": Self.responses(["type": "object", "additionalProperties": true]),
    ]
  }

  private static let signIn: JSONNode = [
    "post": [
      "operationId": "signIn", "summary": "登录 / sign in", "security": [],
      "requestBody": [
        "required": true,
        "content": [
          "application/json": [
            "schema": [
              "type": "object", "required": ["account", "password"],
              "properties": ["account": ["type": "string"], "password": ["type": "string"]],
            ]
          ]
        ],
      ],
      "responses": responses([
        "type": "object",
        "properties": [
          "token": ["type": "string"], "account": ["type": "string"], "role": ["type": "string"],
          "idle_minutes": ["type": "integer"],
        ],
      ]),
    ]
  ]

  private static let signOut: JSONNode = [
    "post": [
      "operationId": "signOut", "summary": "退出 / sign out",
      "responses": ["204": ["description": "已退出 / signed out"]],
    ]
  ]

  // MARK: Parts

  private static let language = Parameter("lang", .choice(["zh", "en"]), "语言", "language")

  private static func both(_ text: LocalizedText) -> String { "\(text.chinese) / \(text.english)" }

  private static func identifier(_ method: String, _ path: String) -> String {
    let words = path.split { !$0.isLetter && !$0.isNumber }
    return words.reduce(method) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }

  private static func parameter(_ parameter: Parameter) -> JSONNode {
    let schema: JSONNode =
      switch parameter.kind {
      case .text, .month: ["type": "string"]
      case .day: ["type": "string", "format": "date"]
      case .year: ["type": "integer"]
      case .whole(let range):
        ["type": "integer", "minimum": .whole(range.lowerBound), "maximum": .whole(range.upperBound)]
      case .choice(let words): ["type": "string", "enum": .list(words.map { .text($0) })]
      }
    return [
      "name": .text(parameter.name), "in": .text(parameter.isInPath ? "path" : "query"),
      "required": .flag(parameter.isInPath), "description": .text(both(parameter.note)), "schema": schema,
    ]
  }

  /// A table: rows with a field for each column, and the page when the list is longer.
  static func schema(_ form: TableForm) -> JSONNode {
    var fields: [String: JSONNode] = [:]
    for column in form.columns {
      let type: JSONNode =
        switch column.kind {
        case .text, .decimal, .share: ["string", "null"]
        case .money, .count: ["integer", "null"]
        case .flag: ["boolean", "null"]
        }
      let unit = if case .money = column.kind { "（分 / fen）" } else { "" }
      fields[column.key] = ["type": type, "description": .text(both(column.note ?? column.title) + unit)]
    }
    return [
      "type": "object", "description": .text(both(form.title)),
      "properties": [
        "rows": [
          "type": "array",
          "items": [
            "type": "object", "properties": .object(fields), "required": .list(form.columns.map { .text($0.key) }),
            "additionalProperties": false,
          ],
        ],
        "page": ["type": "integer"], "size": ["type": "integer"], "total": ["type": "integer"],
      ],
      "required": ["rows"],
    ]
  }

  private static func responses(_ schema: JSONNode) -> JSONNode {
    let problem: JSONNode = [
      "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
    ]
    func refused(_ words: String) -> JSONNode { ["description": .text(words), "content": problem] }
    return [
      "200": ["description": "OK", "content": ["application/json": ["schema": schema]]],
      "400": refused("条件不正确 / a parameter cannot be understood"),
      "401": refused("未登录 / not signed in"), "403": refused("无权限 / not allowed"),
      "404": refused("没有 / not there"), "503": refused("暂不可用 / not available now"),
    ]
  }
}

/// A piece of JSON being put together.
enum JSONNode: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  case whole(Int)
  case flag(Bool)
  case list([JSONNode])
  case object([String: JSONNode])

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .whole(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: JSONNode...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSONNode)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .whole(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let nodes): try container.encode(nodes)
    case .object(let fields): try container.encode(fields)
    }
  }
}

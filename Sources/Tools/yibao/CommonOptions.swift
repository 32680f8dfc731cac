public import ArgumentParser
import Foundation
public import Kernel
import PolicyFiles
import Settlement
import Workflows

extension Language: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
  /// Reads `2026-03-01`.
  public init?(argument: String) { self.init(argument) }
}

/// What every command that needs policy takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "政策目录 / folder of policy files")
  var policies = "Policies"

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  @Flag(help: "以 JSON 输出 / print JSON")
  var json = false

  /// Reads the policy folder; what is wrong goes to standard error and ends the command with code 2.
  func library() throws -> PolicyLibrary {
    let loaded = PolicyFolder(path: policies).load(vocabulary: SettlementVocabulary.definitions)
    Terminal.report(loaded.diagnostics, lang)
    guard let book = loaded.book else { throw ExitCode(2) }
    return PolicyLibrary(book)
  }
}

/// What commands print.
enum Terminal {
  /// Prints diagnostics to standard error.
  static func report(_ diagnostics: [Diagnostic], _ language: Language) {
    for diagnostic in diagnostics { error(diagnostic.text(language)) }
  }

  /// Prints a line to standard error.
  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Prints a value as JSON with sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// The text in one language.
  static func say(_ language: Language, _ chinese: String, _ english: String) -> String {
    LocalizedText(chinese, english)[language]
  }
}

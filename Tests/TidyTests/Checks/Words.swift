/// Words that code must not contain.
enum Words {
  /// Modules that reach outside; a pure room neither imports nor names them.
  static let outsideModules: Set<String> = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "FoundationXML", "Glibc", "Musl", "Darwin",
    "Dispatch", "Synchronization", "SystemPackage", "Logging", "NIOCore", "XCTest",
  ]

  /// What makes a calculation inexact, or makes it depend on anything but its input.
  static let impure: Set<String> = [
    "Double", "Float", "Float16", "Float32", "Float64", "Float80", "CGFloat", "Decimal", "Date", "Clock",
    "ContinuousClock", "SuspendingClock", "random", "randomElement", "shuffle", "shuffled",
    "SystemRandomNumberGenerator", "UUID", "FileManager", "FileHandle", "URL", "URLSession", "ProcessInfo", "Logger",
    "debugPrint", "readLine",
  ]

  /// Files that may use floating point for statistics that are never paid, one a room, each with its reason.
  static let statistics: [String: String] = [
    "Sources/Payment/History/GroupStatistics.swift": "coefficients of variation and logarithms of mortality, never paid"
  ]

  static func impurities(in file: SourceFile) -> [Blemish] {
    file.words.compactMap { word in
      if outsideModules.contains(word.text) {
        return file.blemish(word.line, "\(word.text) in a pure room; what it is needed for belongs in an adapter")
      }
      let isStatistic = statistics[file.path] != nil && ["Double", "Float"].contains(word.text)
      if impure.contains(word.text) && !isStatistic {
        return file.blemish(word.line, "\(word.text) in a pure room; pass what it would give in as a value")
      }
      // A method called print is fine; the function of that name writes to the terminal.
      if word.text == "print" && word.next == Ascii.open && word.before != Ascii.dot && !declares(word, in: file) {
        return file.blemish(word.line, "print( in a pure room; return a value instead")
      }
      return nil
    }
  }

  private static func declares(_ word: Word, in file: SourceFile) -> Bool {
    file.words.last { $0.line == word.line && $0.column < word.column }?.text == "func"
  }

  /// `try` with an exclamation mark, and unfinished work.
  static func shortcuts(in file: SourceFile) -> [Blemish] {
    var found = file.words.compactMap { word in
      word.text == "try" && word.next == Ascii.bang
        ? file.blemish(word.line, "a forced try; handle the error or let it through") : nil
    }
    let unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    let stub = "fatalError(\"not " + "implemented"
    for (index, line) in file.lines.enumerated() {
      if line.contains(stub) { found.append(file.blemish(index + 1, "a stub; write it or leave it out")) }
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
      if let word = words.first(where: { unfinished.contains(String($0)) }) {
        found.append(file.blemish(index + 1, "\(word): finish it, or write an issue"))
      }
    }
    return found
  }
}

import Kernel

extension DIPCell {
  /// Words that stand for every diagnosis.
  static let everyDiagnosis: Set<String> = ["所有诊断", "全部诊断", "*"]

  /// Reads a cell that is not empty.
  ///
  /// - Parameters:
  ///   - text: the cell; blanks and line breaks around codes do not count.
  ///   - subject: what kind of code it holds.
  ///   - comma: how commas are meant.
  /// - Throws: the first ``Fault``, with its place and what was expected.
  public init(_ text: String, of subject: Subject, comma: Comma = .refused) throws(Fault) {
    var parser = DIPCellParser(text, subject, comma)
    self.init(try parser.alternatives(), of: subject)
  }
}

/// Reads one cell from left to right.
private struct DIPCellParser {
  private let characters: [Character]
  private let subject: DIPCell.Subject
  private let comma: DIPCell.Comma
  private var position = 0

  init(_ text: String, _ subject: DIPCell.Subject, _ comma: DIPCell.Comma) {
    characters = Array(text)
    self.subject = subject
    self.comma = comma
  }

  private var form: PackedCode.Form { subject == .diagnosis ? .diagnosis : .procedure }

  mutating func alternatives() throws(DIPCell.Fault) -> [[[DIPCell.Term]]] {
    var alternatives: [[[DIPCell.Term]]] = []
    var all: [[DIPCell.Term]] = []
    var any: [DIPCell.Term] = []
    var isSecond = false
    while true {
      let (term, isAsterisk) = try term()
      // The second code of a pair (`A17.0+G01*`) goes with the first, which is the one that cases are looked up by.
      if !(isSecond && isAsterisk) { any.append(term) }
      skipBlanks()
      guard position < characters.count else { break }
      let joint = try joint()
      position += 1
      if joint == "/" { continue }
      if !any.isEmpty { all.append(any) }
      any = []
      isSecond = joint == "+" && subject == .diagnosis
      if joint == "+" { continue }
      alternatives.append(all)
      all = []
    }
    if !any.isEmpty { all.append(any) }
    alternatives.append(all)
    return alternatives
  }

  /// The sign between two codes; full-width signs and `;` of local tables count as what they are used for.
  private func joint() throws(DIPCell.Fault) -> Character {
    switch characters[position] {
    case "|", "｜": return "|"
    case "+", "＋": return "+"
    case "/", "／": return "/"
    case ",", "，", "、", ";", "；":
      if comma == .any { return "|" }
      if comma == .all { return "+" }
      throw fault(
        position..<position + 1,
        LocalizedText(
          "不明确的分隔符；任一用「|」，同时用「+」（逗号的含义可在方案说明 comma 中规定）。",
          "an ambiguous separator; write \"|\" for any and \"+\" for all (what commas mean is the switch \"comma\")."))
    default:
      throw fault(
        position..<position + 1, LocalizedText("此处应为「|」「+」「/」或结束。", "expected \"|\", \"+\", \"/\" or the end."))
    }
  }

  private mutating func term() throws(DIPCell.Fault) -> (DIPCell.Term, isAsterisk: Bool) {
    skipBlanks()
    let start = position
    while position < characters.count, isPartOfCode(characters[position]) { position += 1 }
    let end = position
    skipMark(after: start)
    let word = String(characters[start..<end])
    if word.isEmpty {
      let what = start < characters.count ? String(characters[start]) : ""
      throw DIPCell.Fault(
        position: start + 1, excerpt: what,
        message: subject == .diagnosis
          ? LocalizedText("此处应为诊断编码。", "expected the code of a diagnosis.")
          : LocalizedText("此处应为手术操作编码。", "expected the code of a procedure."))
    }
    if subject == .diagnosis, DIPCell.everyDiagnosis.contains(word) { return (single(.empty), false) }
    if subject == .diagnosis, let dash = word.firstIndex(where: { $0 == "-" || $0 == "~" }) {
      return (try range(String(word[..<dash]), String(word[word.index(after: dash)...]), start..<end), false)
    }
    guard let code = PackedCode(word, form) else { throw malformed(word, start..<end) }
    return (single(code), word.hasSuffix("*"))
  }

  private func single(_ code: PackedCode) -> DIPCell.Term {
    DIPCell.Term(first: code, last: code, prefixes: [code])
  }

  /// A run of beginnings of one length that differ in their digits: `C00-C14`.
  private func range(
    _ from: String, _ until: String, _ place: Range<Int>
  ) throws(DIPCell.Fault) -> DIPCell.Term {
    guard let first = PackedCode(from, form) else { throw malformed(from, place) }
    guard let last = PackedCode(until, form) else { throw malformed(until, place) }
    guard first.length == last.length, first <= last, first.length <= 4, let prefixes = Self.run(first, last) else {
      throw fault(
        place,
        LocalizedText(
          "范围两端应是同样长的类目或亚目，且前者不大于后者，如 C00-C14。",
          "a range goes between categories or subcategories of one length, upwards, as C00-C14."))
    }
    return DIPCell.Term(first: first, last: last, prefixes: prefixes)
  }

  /// Every beginning between two, digit by digit; `nil` when letters differ behind the first one.
  private static func run(_ first: PackedCode, _ last: PackedCode) -> [PackedCode]? {
    guard let (firstLetter, firstNumber) = parts(first), let (lastLetter, lastNumber) = parts(last) else { return nil }
    var codes: [PackedCode] = []
    let size = first.length == 3 ? 100 : 1_000
    for letter in firstLetter...lastLetter {
      let from = letter == firstLetter ? firstNumber : 0
      let until = letter == lastLetter ? lastNumber : size - 1
      for number in from...until {
        var bits = letter << 58
        var (rest, shift) = (UInt64(number), UInt64(64 - 6 * first.length))
        for _ in 1..<first.length {
          bits |= (rest % 10 + 1) << shift
          rest /= 10
          shift += 6
        }
        codes.append(PackedCode(bits: bits))
      }
    }
    return codes
  }

  private static func parts(_ code: PackedCode) -> (letter: UInt64, number: Int)? {
    var number = 0
    for position in 1..<code.length {
      let symbol = Int(code.bits >> UInt64(58 - 6 * position) & 0x3F)
      guard symbol <= 10 else { return nil }
      number = number * 10 + symbol - 1
    }
    return (code.bits >> 58, number)
  }

  private func isPartOfCode(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "." || character == "-" || character == "~"
      || character == "*" && subject == .diagnosis
  }

  /// The mark of a dagger code (剑号) is a `+` that nothing follows.
  private mutating func skipMark(after start: Int) {
    guard subject == .diagnosis, position > start, position < characters.count,
      characters[position] == "+" || characters[position] == "＋"
    else { return }
    var next = position + 1
    while next < characters.count, characters[next].isWhitespace { next += 1 }
    if next == characters.count || characters[next] == "|" || characters[next] == "｜" { position = next }
  }

  private mutating func skipBlanks() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private func malformed(_ word: String, _ place: Range<Int>) -> DIPCell.Fault {
    let isDiagnosis = subject == .diagnosis
    return fault(
      place,
      isDiagnosis
        ? LocalizedText(
          "「\(word)」不是诊断编码；应为字母加两位数字，其后以点号接细目，如 A40、A09.0、A15.000x010。",
          "\"\(word)\" is not the code of a diagnosis; write a letter and two digits, more behind a point: A40, A09.0.")
        : LocalizedText(
          "「\(word)」不是手术操作编码；应为两位数字，其后以点号接细目，如 33.6x00、50.5100x002。",
          "\"\(word)\" is not the code of a procedure; write two digits and more behind a point: 33.6x00, 50.5100x002.")
    )
  }

  private func fault(_ place: Range<Int>, _ message: LocalizedText) -> DIPCell.Fault {
    DIPCell.Fault(position: place.lowerBound + 1, excerpt: String(characters[place]), message: message)
  }
}

import Kernel

/// Finds the codes that were probably meant; its indexes are made when first needed.
struct SuggestionSearch {
  /// Codes named in one finding.
  private static let named = 3

  private let table: CodeTable
  private var rightForms: [String: String]?
  private var codes: NearestIndex?
  private var names: NameIndex?
  private var left = MappingChecker.suggestionLimit

  init(_ table: CodeTable) { self.table = table }

  /// The code of the table that differs from the text in form only.
  mutating func rightForm(of text: String) -> String? {
    let forms = rightForms ?? makeRightForms()
    rightForms = forms
    return forms[TextForm.canonical(text)]
  }

  /// Codes spelled like the row's code and named like its name; without any, those that are one of the two.
  mutating func near(_ row: MappingRow, kind: CodeStandard?) -> [CodeSuggestion] {
    guard left > 0 else { return [] }
    left -= 1
    let similarCodes = nearCodes(to: row, kind: kind)
    let similarNames = nearNames(of: row, kind: kind, except: nil, on: nil)
    let both = Set(similarCodes.map(\.code)).intersection(similarNames.map(\.code))
    let agreed = suggestions(similarCodes.filter { both.contains($0.code) }, .codeAndName)
    if !agreed.isEmpty { return agreed }
    return Array(suggestions(similarNames, .name).prefix(2)) + suggestions(similarCodes, .code).prefix(2)
  }

  /// Codes named like the row's national name or, without one, its local name.
  mutating func byName(
    of row: MappingRow, kind: CodeStandard?, except code: String? = nil, on day: CalendarDate? = nil
  ) -> [CodeSuggestion] {
    guard left > 0 else { return [] }
    left -= 1
    return suggestions(nearNames(of: row, kind: kind, except: code, on: day), .name)
  }

  private func suggestions(_ entries: [CodeEntry], _ basis: CodeSuggestion.Basis) -> [CodeSuggestion] {
    entries.map { CodeSuggestion(code: $0.code, name: $0.name, basis: basis) }
  }

  private mutating func nearCodes(to row: MappingRow, kind: CodeStandard?) -> [CodeEntry] {
    let written = TextForm.canonical(row.nationalCode)
    let length = written.unicodeScalars.count
    let within = length < 3 ? 0 : length < 5 ? 1 : 2
    let index = codes ?? NearestIndex(table.codes)
    codes = index
    let found = index.nearest(to: written, within: within, count: 64).compactMap { table.entries(of: $0).last }
      .filter { kind == nil || $0.kind == nil || $0.kind == kind }
    let name = Array(TextForm.canonical(wantedName(of: row)).unicodeScalars)
    if name.isEmpty { return Array(found.prefix(Self.named)) }
    // Codes are often numbered through, so that many are equally near: the name decides among them.
    let ranked = found.enumerated().map { position, entry in
      let own = Array(TextForm.canonical(entry.name).unicodeScalars)
      return (distance: Nearest.distance(name, own, limit: name.count), position: position, entry: entry)
    }
    return ranked.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }.prefix(Self.named).map(\.entry)
  }

  private mutating func nearNames(
    of row: MappingRow, kind: CodeStandard?, except code: String?, on day: CalendarDate?
  ) -> [CodeEntry] {
    let name = wantedName(of: row)
    if TextForm.isBlank(name) { return [] }
    let entries = table.entries
    if names == nil { names = NameIndex(entries.map(\.name)) }
    let positions = names?.positions(like: name, count: Self.named) { position in
      let entry = entries[position]
      return (kind == nil || entry.kind == nil || entry.kind == kind) && entry.code != code
        && (day.map(entry.period.contains) ?? true)
    }
    return positions.map { $0.map { entries[$0] } } ?? []
  }

  private func wantedName(of row: MappingRow) -> String {
    TextForm.isBlank(row.nationalName) ? row.localName : row.nationalName
  }

  private func makeRightForms() -> [String: String] {
    var forms: [String: String] = [:]
    forms.reserveCapacity(table.entries.count)
    for entry in table.entries where forms[TextForm.canonical(entry.code)] == nil {
      forms[TextForm.canonical(entry.code)] = entry.code
    }
    return forms
  }
}

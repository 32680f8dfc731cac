import Grouping
import Kernel
import TabularFiles

/// The check of an edition as JSON.
struct EditionCheckJSON: Encodable {
  struct Finding: Encodable {
    let severity: String
    let kind: String
    let file: String
    let sheet: String
    let row: Int?
    let column: Int?
    let excerpt: String?
    let message: String
  }

  struct Counts: Encodable {
    let mdc: Int
    let adrg: Int
    let drg: Int
    let setRows: Int
    let complications: Int
    let exclusions: Int

    enum CodingKeys: String, CodingKey {
      case mdc, adrg, drg, complications, exclusions
      case setRows = "set_rows"
    }
  }

  let edition: String
  let name: String
  let counts: Counts
  let errors: Int
  let warnings: Int
  let findings: [Finding]

  init(_ tables: EditionTables, _ findings: [EditionFinding], _ file: EditionFile, _ language: Language) {
    (edition, name) = (tables.manifest.identifier, tables.manifest.name)
    counts = Counts(
      mdc: tables.categories.count, adrg: tables.adjacentGroups.count, drg: tables.groups.count,
      setRows: tables.members.count, complications: tables.complications.count, exclusions: tables.exclusions.count)
    errors = findings.count { $0.severity == .error }
    warnings = findings.count - errors
    self.findings = findings.map {
      Finding(
        severity: $0.severity.rawValue, kind: $0.kind.rawValue, file: file.place(of: $0.sheet),
        sheet: $0.sheet.rawValue, row: $0.row, column: $0.column, excerpt: $0.excerpt,
        message: $0.message[language])
    }
  }
}

/// What changed between editions as JSON.
struct EditionDiffJSON: Encodable {
  struct Switch: Encodable {
    let name: String
    let before: String
    let after: String
  }

  struct Row: Encodable {
    let name: String
    let rule: String
    let parent: String
    let place: Int

    init(_ row: EditionDifference.Row) {
      (name, rule, parent, place) = (row.name, row.rule, row.parent, row.place)
    }
  }

  struct RowChange: Encodable {
    let sheet: String
    let code: String
    let before: Row?
    let after: Row?
  }

  struct SetChange: Encodable {
    let sheet: String
    let name: String
    let added: [String]
    let removed: [String]
  }

  struct ComplicationChange: Encodable {
    let code: String
    let before: String?
    let after: String?
  }

  let switches: [Switch]
  let rows: [RowChange]
  let sets: [SetChange]
  let complications: [ComplicationChange]

  init(_ difference: EditionDifference) {
    switches = difference.switches.map { Switch(name: $0.name, before: $0.before, after: $0.after) }
    rows = difference.rows.map {
      RowChange(
        sheet: $0.sheet.rawValue, code: $0.code, before: $0.before.map(Row.init), after: $0.after.map(Row.init))
    }
    sets = difference.sets.map {
      SetChange(sheet: $0.sheet.rawValue, name: $0.name, added: $0.added, removed: $0.removed)
    }
    complications = difference.complications.map {
      ComplicationChange(code: $0.code, before: $0.before, after: $0.after)
    }
  }
}

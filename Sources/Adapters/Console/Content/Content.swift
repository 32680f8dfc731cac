import Kernel

/// What a page shows and the API answers: one model for HTML, JSON and spreadsheets.
struct Content: Sendable {
  /// What the page is about; the view's title when `nil`.
  var title: LocalizedText?
  /// The way up, outermost first.
  var trail: [Link] = []
  var blocks: [Block]
  /// Seconds after which a browser asks again; `nil` for pages that stand still.
  var refresh: Int?
  /// Whether the page is meant to be printed, and offers it.
  var isPrintable = false

  init(_ blocks: [Block], title: LocalizedText? = nil) {
    self.blocks = blocks
    self.title = title
  }

  /// A link with its text.
  struct Link: Sendable {
    let text: LocalizedText
    let path: String

    init(_ chinese: String, _ english: String, _ path: String) {
      text = LocalizedText(chinese, english)
      self.path = path
    }
  }

  /// A part of a page.
  enum Block: Sendable {
    case notice(Notice)
    case heading(LocalizedText)
    case paragraph(LocalizedText)
    case figures([Figure])
    case facts(Facts)
    case table(DataTable)
    case chart(Chart)
    case steps(Steps)
    case form(Form)
    case links([Link])
    /// Text as it came, such as a message; in a fixed-width face.
    case verbatim(title: LocalizedText, text: String)
  }
}

/// Something to know before reading on.
struct Notice: Sendable {
  let tone: Cell.Tone
  let text: LocalizedText

  init(_ tone: Cell.Tone, _ chinese: String, _ english: String) {
    self.tone = tone
    text = LocalizedText(chinese, english)
  }

  init(_ tone: Cell.Tone, _ text: LocalizedText) {
    self.tone = tone
    self.text = text
  }
}

/// One large number of an overview.
struct Figure: Sendable {
  let key: String
  let title: LocalizedText
  let value: Value
  /// What it is compared with, in words.
  let note: LocalizedText?
  let link: String?
  let tone: Cell.Tone?

  init(
    _ key: String, _ chinese: String, _ english: String, _ value: Value, note: LocalizedText? = nil,
    link: String? = nil, tone: Cell.Tone? = nil
  ) {
    self.key = key
    title = LocalizedText(chinese, english)
    self.value = value
    self.note = note
    self.link = link
    self.tone = tone
  }
}

/// Facts about one thing: names and values.
struct Facts: Sendable {
  /// The name of the object in JSON.
  let key: String
  let title: LocalizedText
  var rows: [Row]

  /// One fact.
  struct Row: Sendable {
    let key: String
    let title: LocalizedText
    let cell: Cell

    init(_ key: String, _ chinese: String, _ english: String, _ cell: Cell) {
      self.key = key
      title = LocalizedText(chinese, english)
      self.cell = cell
    }

    init(_ key: String, _ title: LocalizedText, _ cell: Cell) {
      self.key = key
      self.title = title
      self.cell = cell
    }
  }

  init(_ key: String, _ chinese: String, _ english: String, _ rows: [Row]) {
    self.key = key
    title = LocalizedText(chinese, english)
    self.rows = rows
  }
}

/// A calculation, step by step, each with what it rests on.
struct Steps: Sendable {
  let key: String
  let title: LocalizedText
  let rows: [Row]

  /// One step.
  struct Row: Sendable {
    /// The step's word in traces.
    let word: String
    let text: LocalizedText
    let result: Value
    /// Documents and values, with where to read on.
    let sources: [Source]
  }

  /// What a step rests on.
  struct Source: Sendable {
    let text: LocalizedText
    let link: String?
  }
}

/// A chart with the numbers that it is drawn from; the table behind it shows the same.
struct Chart: Sendable {
  enum Form: String, Sendable {
    /// Bars to the right, one below the other: for names.
    case bars
    /// Columns upwards: for months.
    case columns
    /// Lines: for days and longer rows of months.
    case lines
  }

  /// Values of one colour.
  struct Series: Sendable {
    let key: String
    let title: LocalizedText
    /// One value for each label; `nil` where there is none.
    let values: [Int64?]
  }

  let key: String
  let title: LocalizedText
  let form: Form
  let labels: [LocalizedText]
  let series: [Series]
  /// Decimal places of the values: 2 for fen shown as yuan.
  let places: Int
  /// The unit, for the axis.
  let unit: LocalizedText
  /// Where each label leads.
  let links: [String?]

  init(
    _ key: String, title: LocalizedText, form: Form, labels: [LocalizedText], series: [Series], places: Int = 0,
    unit: LocalizedText, links: [String?] = []
  ) {
    for one in series { precondition(one.values.count == labels.count, "\(key): values and labels differ in number") }
    self.key = key
    self.title = title
    self.form = form
    self.labels = labels
    self.series = series
    self.places = places
    self.unit = unit
    self.links = links
  }
}

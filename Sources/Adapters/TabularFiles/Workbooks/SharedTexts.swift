/// The texts that the sheets of a workbook share, one after the other in one array.
final class SharedTexts: XMLListener {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private let limits: WorkbookLimits
  private var pending: [UInt8] = []
  private var isText = false
  private var isPhonetic = false

  init(_ limits: WorkbookLimits) { self.limits = limits }

  var count: Int { ends.count }

  /// Appends a text to a row's bytes.
  func append(_ index: Int, to row: inout [UInt8]) {
    row.append(contentsOf: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault) {
    switch name {
    case "si": pending.removeAll(keepingCapacity: true)
    case "t": isText = !isPhonetic
    case "rPh": isPhonetic = true
    default: return
    }
  }

  func end(_ name: XMLName) throws(WorkbookFault) {
    switch name {
    case "t": isText = false
    case "rPh": isPhonetic = false
    case "si":
      CellText.append(pending, to: &bytes)
      ends.append(bytes.count)
    default: return
    }
  }

  func characters(_ text: UnsafeBufferPointer<UInt8>) throws(WorkbookFault) {
    guard isText else { return }
    if pending.count + text.count > limits.cellBytes { throw .tooLarge("sharedStrings", limits.cellBytes) }
    pending.append(contentsOf: text)
  }
}

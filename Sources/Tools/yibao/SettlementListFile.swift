import Grouping
import Kernel
import NationalInterface
import TabularFiles

/// Settlement lists as interface 4101 has them, in a file: one, an array, or one a line.
struct SettlementListFile {
  let path: String

  /// The cases of the lists.
  var input: CaseInput {
    .cases { taker in
      try JSONPieces(path: path).forEach { piece in
        switch piece {
        case .value(let bytes, let line):
          let groupingCase: GroupingCase
          do throws(SettlementListFault) {
            groupingCase = try SettlementListCase.read(bytes)
          } catch {
            try taker.refuse(id: error.id, line: line, reason: error.message)
            return
          }
          try taker.take(groupingCase, line: line)
        case .broken(let line):
          try taker.refuse(
            id: "", line: line,
            reason: LocalizedText("此处不是 JSON 对象；一份清单应为一个对象", "no JSON object here; a list is an object"))
        }
      }
    }
  }
}

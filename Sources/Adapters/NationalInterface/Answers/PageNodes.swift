import Workflows

/// Answers of queries that come in pages: the rows under `data`, and where they stand in the whole list.
extension Output {
  /// One page of rows.
  static func page<Row>(_ page: Page<Row>, _ body: @escaping (inout JSONWriter, Row) -> Void) -> Output {
    Output { writer in
      writer.number("pageNum", Int64(page.request.number))
      writer.number("pageSize", Int64(page.request.size))
      writer.number("startRow", Int64(page.firstRow))
      writer.number("endRow", Int64(page.lastRow))
      writer.number("recordCounts", Int64(page.total))
      writer.number("size", Int64(page.rows.count))
      writer.number("pages", Int64(page.pageCount))
      writer.flag("firstPage", page.request.number == 1)
      writer.flag("lastPage", page.request.number >= page.pageCount)
      writer.rows("data", page.rows, body)
    }
  }
}

extension InputRow {
  /// The page that a row asks for.
  func page() throws(Refused) -> PageRequest {
    let number = FieldText.number(text("page_num"), digits: 4, decimals: 0) ?? 0
    let size = FieldText.number(text("page_size"), digits: 4, decimals: 0) ?? 0
    guard let page = PageRequest(number: Int(number), size: Int(size)) else {
      throw .contradiction("page_num 从 1 开始，page_size 至少为 1；请核对", "pages count from 1 and hold at least one row")
    }
    return page
  }

  /// Whether a row asks for a region that this payer stands for, or for none.
  func isAbout(region: String) -> Bool { filled("insu_admdvs").map { $0 == region } ?? true }
}

extension JSONWriter {
  /// Prints who made a record when; the platform itself handles what has no operator.
  mutating func record(created: String, changed: String, region: String) {
    text("updt_time", changed)
    text("crter_id", "")
    text("crter_name", "")
    text("crte_time", created)
    text("crte_optins_no", region)
    text("opter_id", "")
    text("opter_name", "")
    text("opt_time", changed)
    text("optins_no", region)
    text("poolarea_no", region)
  }
}

import Kernel
import Workflows

extension View {
  /// Finds a person by number, certificate or name.
  static let persons = View(
    "persons", "参保人查询", "Persons", section: .persons, isEntry: true,
    parameters: [
      Parameter(
        "text", .text, "人员编号、证件号码、证件后四至六位或姓名开头",
        "person's number, certificate, its last four to six characters, or the beginning of the name")
    ], tables: [PersonSearchPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    let text = inquiry["text"] ?? ""
    let search = Form.filter([
      .init(
        "text", "人员编号、证件号码（或后六位）、姓名", "Number, certificate or its end, name", value: text, isRequired: true)
    ])
    guard !text.isEmpty else {
      return Content([
        .form(search),
        .paragraph(
          LocalizedText(
            "个人信息默认脱敏显示。需要完整信息时，在个人页面填写事由；查看会记入操作留痕。",
            "Personal data is masked. To see a person in full, give a reason on the page; it goes into the trail."
          )),
      ])
    }
    let found = try await sources.ask { () async throws(StoreError) in
      try await PersonSearch(store: sources.payer, monitoring: sources.monitoring).find(text)
    }
    let rows = found.map { person in
      let isRevealed = inquiry.revealed.contains(person.number)
      return [
        Cell.text(
          isRevealed ? person.number : PersonalField.number.hide(person.number),
          link: "persons/\(Address.part(person.number))"),
        .text(isRevealed ? person.name : PersonalField.name.hide(person.name)),
        .text("…" + (isRevealed ? person.certificateEnding : String(person.certificateEnding.suffix(2)))),
      ]
    }
    return Content([
      .form(search),
      .table(
        PersonSearchPage.form.table(
          rows,
          empty: LocalizedText(
            "没有找到。请核对号码；按姓名或证件后几位只能找到有结算记录的人员。",
            "Nobody is found. Check the number; by name or end of certificate only persons with settlements are found."
          ))),
    ])
  }
}

/// What the search shows.
enum PersonSearchPage {
  static let form = TableForm(
    "persons", "参保人", "Persons",
    [.init("number", "人员编号", "Number"), .init("name", "姓名", "Name"), .init("certificate", "证件尾号", "Certificate's end")])
}

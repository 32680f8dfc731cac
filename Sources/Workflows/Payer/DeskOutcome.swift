public import Kernel
public import Settlement

/// Why the payer does not do what a message asks: a closed vocabulary with numbers that never change.
public enum DeskOutcome: UInt16, Error, Sendable, CaseIterable {
  /// The same message identifier came with other content.
  case messageConflict = 201
  /// No institution has that code.
  case institutionUnknown = 202
  /// No person is found.
  case personUnknown = 203
  /// No visit has that identifier.
  case visitUnknown = 204
  /// The visit is not in a state that allows it.
  case visitState = 205
  /// The visit belongs to another person or institution.
  case visitMismatch = 206
  /// A fee serial number was used in the visit before.
  case feeSerialUsed = 207
  /// A fee serial number is not there.
  case feeSerialUnknown = 208
  /// The item is not in the catalogue on that day.
  case itemUnknown = 209
  /// The stay overlaps another one of the person.
  case stayOverlaps = 210
  /// The year is closed.
  case yearClosed = 211
  /// The total that the institution sent is not that of the uploaded lines.
  case totalMismatch = 212
  /// No settlement has that identifier.
  case settlementUnknown = 213
  /// The settlement was reversed before.
  case settlementReversed = 214
  /// The stay has not been discharged.
  case notDischarged = 215
  /// The scheme that covers the person is another one.
  case schemeMismatch = 216
  /// The sign-in number is unknown or over.
  case signInUnknown = 217
  /// The dates are impossible.
  case datesImpossible = 218
  /// The same thing is on file already, or no such filing stands.
  case filingState = 219
  /// A settlement rests on the filing.
  case filingInUse = 230
  /// A refund refers to no line of the visit, or takes back more than the line still holds.
  case refundUnmatched = 231
  /// A settlement is asked for one batch, and the visit holds fees of others.
  case batchNotAlone = 232
  /// The settlement list is not in a state that allows it.
  case listState = 233
  /// No settlement list was uploaded for the settlement.
  case listUnknown = 234
  /// The settlement list breaks a rule that refuses it.
  case listRefused = 235
  /// No statement was uploaded under that number.
  case statementUnknown = 236
  /// The statement is not what a reconciliation asks for.
  case statementForm = 237
  /// The fees of the visit are no longer those that were settled.
  case feesChanged = 238
  /// The institution's item is mapped already on a day of the period.
  case mappingOverlaps = 240
  /// No standing mapping is like that.
  case mappingUnknown = 241
  /// A fee line names only the institution's own code, and no mapping says what it is.
  case itemNotMapped = 242
  /// The national code belongs to another list.
  case listTypeMismatch = 243
  /// An institution sees and changes its own data alone.
  case notOwn = 244
  /// A quantity is not above zero.
  case quantityImpossible = 245
  /// The institution reported the movement before.
  case stockSerialUsed = 246
  /// More comes back than went out.
  case returnExceeds = 247
  /// There is nothing to delete.
  case stockUnknown = 248
  /// No file has that number, or it is not for the institution that asks.
  case fileUnknown = 249
  /// A file is larger than may be uploaded, or empty.
  case fileSize = 250
  /// A file's content cannot be read.
  case fileUnreadable = 251

  /// The word used in logs and JSON.
  public var word: String { SnakeCase.word("\(self)") }

  /// What it means and what to do, as the counter tells it.
  public var message: LocalizedText {
    switch self {
    case .messageConflict:
      LocalizedText(
        "报文标识已用于另一笔内容不同的交易；请换新的 msgid",
        "the message identifier was used with other content; send a new msgid")
    case .institutionUnknown: LocalizedText("定点机构编号不存在；请核对", "no institution has that code; check it")
    case .personUnknown: LocalizedText("查无此参保人；请核对证件或人员编号", "no such person; check certificate or number")
    case .visitUnknown: LocalizedText("就诊 ID 不存在；请核对", "no visit has that identifier; check it")
    case .visitState: LocalizedText("就诊当前状态不允许此操作", "the visit's state does not allow this")
    case .visitMismatch: LocalizedText("就诊不属于该参保人或该机构；请核对", "the visit belongs to another person or institution")
    case .feeSerialUsed:
      LocalizedText(
        "费用明细流水号重复；请先撤销原明细或换号",
        "a fee serial number is used already; withdraw the line or renumber")
    case .feeSerialUnknown: LocalizedText("费用明细流水号不存在；请核对", "a fee serial number is not there; check it")
    case .itemUnknown:
      LocalizedText(
        "项目在费用发生日不在医保目录内；请核对编码和日期",
        "the item is not in the catalogue on that day; check code and date")
    case .stayOverlaps: LocalizedText("与另一次住院时间重叠；请核对入出院日期", "the stay overlaps another one; check the dates")
    case .yearClosed: LocalizedText("该年度已清算关账，不能结算或撤销", "the year is closed for settlement and reversal")
    case .totalMismatch:
      LocalizedText(
        "医疗费总额与已上传明细之和不符；请核对后重传",
        "the total differs from the uploaded lines; check and send again")
    case .settlementUnknown: LocalizedText("结算 ID 不存在；请核对", "no settlement has that identifier; check it")
    case .settlementReversed: LocalizedText("该结算已撤销，不能再次撤销", "the settlement was reversed before")
    case .notDischarged: LocalizedText("尚未办理出院；请先办理出院", "the stay has not been discharged; discharge it first")
    case .schemeMismatch:
      LocalizedText(
        "险种与实际参保不符；请重新获取人员信息",
        "another scheme covers the person; fetch the person again")
    case .signInUnknown: LocalizedText("签到流水号无效或已签退；请重新签到", "the sign-in number is unknown or over; sign in again")
    case .datesImpossible:
      LocalizedText(
        "日期有误：结束早于开始；请核对",
        "the dates are impossible: the end lies before the beginning")
    case .filingState:
      LocalizedText("备案已存在，或备案号不存在、已撤销；请核对", "it is on file already, or no such filing stands; check it")
    case .filingInUse:
      LocalizedText("已有结算以该备案为依据，不能撤销；请先撤销结算", "a settlement rests on the filing; reverse it first")
    case .refundUnmatched:
      LocalizedText(
        "退费明细找不到对应的原明细，或超过原明细剩余数量和金额；请核对",
        "the refund fits no line of the visit, or takes back more than is left; check it")
    case .batchNotAlone:
      LocalizedText(
        "就诊有其他收费批次的费用，不能只结算一个批次；请撤销其他批次或另行挂号",
        "the visit holds fees of other batches; withdraw them or register another visit")
    case .listState: LocalizedText("结算清单当前状态不允许此操作", "the settlement list's state does not allow this")
    case .listUnknown: LocalizedText("该结算尚未上传结算清单；请先上传", "no settlement list was uploaded; upload it first")
    case .listRefused: LocalizedText("结算清单质控不通过；请更正后重传", "the settlement list breaks rules; correct it")
    case .statementUnknown:
      LocalizedText("对账文件不存在；请先上传，再填返回的文件查询号", "no statement has that number; upload it first")
    case .statementForm: LocalizedText("对账文件内容不符合要求；请核对", "the statement is not in the form asked for; check it")
    case .feesChanged:
      LocalizedText("就诊明细已变更，不再是该次结算的明细", "the visit's fees are no longer those that were settled")
    case .mappingOverlaps:
      LocalizedText(
        "院内项目在该期间已有目录对照；请先撤销原对照或改期",
        "the institution's item is mapped already in that period; withdraw that mapping or change the dates")
    case .mappingUnknown: LocalizedText("没有该目录对照，或已撤销；请核对", "no such mapping stands; check item and code")
    case .itemNotMapped:
      LocalizedText(
        "明细只有院内编码，且当日没有目录对照；请填医疗目录编码，或先上传目录对照",
        "only the institution's own code is given and no mapping holds; upload one, or give the national code"
      )
    case .listTypeMismatch: LocalizedText("目录类别与国家目录不符；请核对", "the code belongs to another list; check the kind of list")
    case .quantityImpossible: LocalizedText("数量应大于零；请核对", "the quantity must be above zero")
    case .stockSerialUsed:
      LocalizedText("该单据已上传；如需更正，请先删除原记录", "this movement was reported before; delete it first to correct it")
    case .returnExceeds: LocalizedText("退货数量超过已采购或已售出的数量；请核对", "more comes back than was bought or sold; check it")
    case .stockUnknown: LocalizedText("该批次没有可删除的此类记录；请核对", "the batch has no such record to delete")
    case .fileUnknown:
      LocalizedText("文件查询号不存在，或不属于本机构；请核对", "no file has that number, or it is not yours; check the number")
    case .fileSize: LocalizedText("文件为空或过大；请核对或拆分后上传", "the file is empty or too large; check or split it")
    case .fileUnreadable: LocalizedText("文件内容不是有效的 base64；请核对", "the content is no base64; check it")
    case .notOwn: LocalizedText("只能查询和操作本机构的数据；请核对机构编号", "an institution sees and changes its own data alone")
    }
  }
}

/// Why the payer refuses: an outcome of its own, or one of settling.
public enum DeskRefusal: Error, Hashable, Sendable {
  /// The desk's own outcome, with what it is about.
  case desk(DeskOutcome, about: String)
  /// The settlement's outcome, with its message.
  case settlement(SettlementOutcome, LocalizedText)
  /// The store cannot do it now; nothing was stored.
  case store(StoreError)

  /// The number of the outcome; 500 for the store.
  public var number: UInt16 {
    switch self {
    case .desk(let outcome, _): outcome.rawValue
    case .settlement(let outcome, _): outcome.rawValue
    case .store: 500
    }
  }

  /// What to tell the institution.
  public var message: LocalizedText {
    switch self {
    case .desk(let outcome, let about):
      about.isEmpty
        ? outcome.message
        : LocalizedText("\(outcome.message.chinese)（\(about)）", "\(outcome.message.english) (\(about))")
    case .settlement(_, let message): message
    case .store(let error):
      switch error.code {
      case .unavailable, .busy:
        LocalizedText(
          "系统暂时不可用，本次未记账；请稍后用同一 msgid 重发",
          "not available now, nothing was stored; send the same msgid again later")
      case .refused:
        LocalizedText(
          "与已有记录矛盾，本次未记账；请核对后联系经办机构",
          "it contradicts what is stored, nothing was stored; check it and call the handling centre")
      case .damaged:
        LocalizedText(
          "系统数据异常，本次未记账；请联系经办机构",
          "stored data is damaged, nothing was stored; call the handling centre")
      }
    }
  }
}

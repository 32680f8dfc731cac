public import Kernel

extension DIPExplanation {
  /// The steps in words, one line each.
  ///
  /// - Parameter catalogue: the catalogue that the case was grouped by.
  public func lines(_ catalogue: DIPCatalogue) -> [LocalizedText] { steps.map { $0.text(catalogue) } }

  /// The way in one line: what decided, without the layers that let the case pass.
  public func reason(_ catalogue: DIPCatalogue) -> LocalizedText {
    var parts: [LocalizedText] = []
    for step in steps {
      switch step {
      case .noRow, .passed, .mainProcedure, .conservative, .withinScope: continue
      default: parts.append(step.text(catalogue))
      }
    }
    if parts.isEmpty { parts = [grouping.status.message] }
    return LocalizedText(
      parts.map(\.chinese).joined(separator: "；"), parts.map(\.english).joined(separator: "; "))
  }
}

extension DIPExplanation.Step {
  /// The step in words.
  public func text(_ catalogue: DIPCatalogue) -> LocalizedText {
    switch self {
    case .unreadableDiagnosis(let code):
      LocalizedText("诊断「\(code)」不是编码，未使用", "the diagnosis \"\(code)\" is not a code and was not used")
    case .unreadableProcedure(let code):
      LocalizedText("手术操作「\(code)」不是编码，未使用", "the procedure \"\(code)\" is not a code and was not used")
    case .rejected(let code, let list): rejection(code, catalogue.rejects[list])
    case .setAside(let code, let list):
      restricted(code, catalogue.restrictions[list], "按保守治疗入组", "treated as conservative")
    case .passedOver(let code, let list):
      restricted(
        code, catalogue.restrictions[list], "不可作为主要手术操作，顺延下一个", "not a main procedure; the next one takes its place")
    case .withinScope(let code, let list):
      restricted(
        code, catalogue.restrictions[list], "主要诊断在限定范围内，可作为主要手术操作",
        "counts as main procedure with this principal diagnosis")
    case .mainProcedure(let code, let kind):
      LocalizedText("主要手术操作 \(code)（\(kind.title.chinese)）", "main procedure \(code) (\(kind.title.english))")
    case .conservative: LocalizedText("没有计入的手术操作，保守治疗", "no procedure counts: conservative treatment")
    case .noRow(let layer):
      LocalizedText(
        "\(layer.title.chinese)：没有该主要诊断的病种", "\(layer.title.english): no group has this principal diagnosis")
    case .passed(let layer, let nearest, let more): passed(layer, nearest, more, catalogue)
    case .taken(let row, let diagnosis, let procedures): taken(catalogue.groups[row], diagnosis, procedures)
    case .alsoTakes(let row):
      LocalizedText(
        "也符合 \(catalogue.groups[row].code)，按优先顺序未选", "\(catalogue.groups[row].code) would take it too, and comes later")
    case .composite(let category, let kind):
      LocalizedText(
        "综合病种：类目 \(category)，\(kind.title.chinese)", "composite group: category \(category), \(kind.title.english)")
    case .nothing: LocalizedText("目录中没有接收本病例的病种", "no group of the catalogue takes the case")
    }
  }

  private func rejection(_ code: String, _ row: DIPCatalogue.CodeRow) -> LocalizedText {
    LocalizedText(
      "主要诊断 \(code) 在不纳入分组的主要诊断之列（第 \(row.row) 行）",
      "the principal diagnosis \(code) is on the list of those that are not grouped (row \(row.row))")
  }

  private func restricted(
    _ code: String, _ row: DIPCatalogue.RestrictionRow, _ chinese: String, _ english: String
  ) -> LocalizedText {
    LocalizedText(
      "\(code) 在不纳入分组的主要手术操作之列（第 \(row.row) 行）：\(chinese)",
      "\(code) is on the list of restricted procedures (row \(row.row)): \(english)")
  }

  private func passed(
    _ layer: DIPLayer, _ nearest: [DIPExplanation.RowMiss], _ more: Int, _ catalogue: DIPCatalogue
  ) -> LocalizedText {
    let chinese = nearest.map { "\(catalogue.groups[$0.row].code) \($0.miss.title.chinese)" }.joined(separator: "，")
    let english = nearest.map { "\(catalogue.groups[$0.row].code) \($0.miss.title.english)" }.joined(separator: ", ")
    return LocalizedText(
      "\(layer.title.chinese)：\(chinese)\(more > 0 ? "，另有 \(more) 个病种不符" : "")",
      "\(layer.title.english): \(english)\(more > 0 ? ", and \(more) more do not apply" : "")")
  }

  private func taken(
    _ row: DIPCatalogue.GroupRow, _ diagnosis: String, _ procedures: [String]
  ) -> LocalizedText {
    let place = DIPSheet(row.layer)?.rawValue ?? ""
    let first = diagnosis.isEmpty ? "所有诊断" : diagnosis
    let second = diagnosis.isEmpty ? "any diagnosis" : diagnosis
    let codes = procedures.isEmpty ? "" : " + " + procedures.joined(separator: " + ")
    return LocalizedText(
      "入 \(row.code)（\(place) 第 \(row.row) 行）：\(first)\(codes)",
      "group \(row.code) (\(place), row \(row.row)): \(second)\(codes)")
  }
}

extension DIPMiss {
  /// What the row asked for in vain.
  public var title: LocalizedText {
    switch self {
    case .none: LocalizedText("符合", "applies")
    case .treatment: LocalizedText("治疗方式不同", "is for another kind of treatment")
    case .hasProcedure: LocalizedText("只收保守治疗", "is for conservative treatment")
    case .mainProcedure: LocalizedText("主要手术操作不符", "wants another main procedure")
    case .relatedProcedures: LocalizedText("缺相关手术操作", "wants another further procedure")
    case .procedures: LocalizedText("缺所需手术操作", "wants a procedure that was not done")
    case .otherDiagnoses: LocalizedText("缺所需其他诊断", "wants another further diagnosis")
    case .diagnoses: LocalizedText("缺所需诊断", "wants a diagnosis that is not there")
    case .ageDays: LocalizedText("天龄不符", "is for another age in days")
    case .birthWeight: LocalizedText("出生体重不符", "is for another birth weight")
    case .notResistant: LocalizedText("要求耐药", "is for resistant tuberculosis")
    case .isResistant: LocalizedText("要求非耐药", "is for tuberculosis that is not resistant")
    }
  }
}

public import Kernel

extension GroupingTrace {
  /// The trace for people: the result, what counted, the rules that decided, and why no earlier rule did.
  public func text(_ language: Language) -> String {
    var lines = ["\(result.code)  \(result.status.text[language])：\(result.reason.text[language])"]
    if language == .english { lines = ["\(result.code)  \(result.status.text.english): \(result.reason.text.english)"] }
    lines.append(LocalizedText("方案：\(edition)", "edition: \(edition)")[language])
    lines += codeLines().map { $0[language] }
    for attempt in attempts {
      if let procedure = attempt.onlyProcedure {
        lines.append(
          LocalizedText("仅以手术操作 \(procedure) 再次分组：", "again with \(procedure) as the only procedure:")[language])
      }
      lines += attempt.steps.map { Self.line($0)[language] }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Unknown codes and complications.
  private func codeLines() -> [LocalizedText] {
    var lines: [LocalizedText] = []
    for code in unknownDiagnoses {
      lines.append(LocalizedText("方案中没有的诊断编码：\(code)", "diagnosis unknown to the edition: \(code)"))
    }
    for code in unknownProcedures {
      lines.append(LocalizedText("方案中没有的手术操作编码：\(code)", "procedure unknown to the edition: \(code)"))
    }
    for complication in complications {
      let (code, level) = (complication.code, complication.level)
      if complication.isExcluded {
        let table = complication.exclusionTable ?? ""
        let principal = principalDiagnosis ?? ""
        lines.append(
          LocalizedText(
            "\(code) 为 \(level)，因主要诊断 \(principal) 在其排除表 \(table) 中，不计入",
            "\(code) is \(level), not counted: its exclusion table \(table) holds the principal diagnosis \(principal)")
        )
      } else {
        lines.append(LocalizedText("\(code) 为 \(level)，计入", "\(code) is \(level) and counts"))
      }
    }
    return lines
  }

  private static func line(_ step: Step) -> LocalizedText {
    let indent =
      switch step.level {
      case .category: ""
      case .adjacentGroup: "  "
      case .group: "    "
      }
    let chinese = step.conditions.map { "\($0.rule)（\($0.note.chinese)）" }.joined(separator: "；")
    let english = step.conditions.map { "\($0.rule) (\($0.note.english))" }.joined(separator: "; ")
    if step.conditions.isEmpty {
      return LocalizedText(
        "\(indent)✓ \(step.code) \(step.name)：无条件", "\(indent)✓ \(step.code) \(step.name): no condition")
    }
    return LocalizedText(
      "\(indent)\(step.held ? "✓" : "✗") \(step.code) \(step.name)：\(chinese)",
      "\(indent)\(step.held ? "✓" : "✗") \(step.code) \(step.name): \(english)")
  }
}

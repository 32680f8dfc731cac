import Foundation
import Testing

/// Guides are followed to the letter: every command runs, and what the guide shows is what it prints.
@Suite(.timeLimit(.minutes(5))) struct CommandGuideTests {
  /// A command of a guide, and what the guide shows of its answer.
  private struct Step {
    var command: String
    var shown: String?
  }

  private func steps(_ page: String) throws -> [Step] {
    let guide = try String(contentsOfFile: "\(Repository.root)/\(page)", encoding: .utf8)
    var steps: [Step] = []
    for (place, part) in guide.components(separatedBy: "```").enumerated() where place % 2 == 1 {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let text = lines.count > 1 ? String(lines[1]) : ""
      if lines[0] == "sh" {
        steps += text.split(separator: "\n").map { Step(command: String($0)) }
      } else if lines[0] == "text", let last = steps.indices.last {
        steps[last].shown = text
      }
    }
    return steps
  }

  @Test func `照指南由历史生成 DIP 目录`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "guide-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let steps = try steps("Docs/Guides/building-a-dip-catalogue.md")
    #expect(steps.count == 7 && steps.count { $0.shown != nil } == 5)
    for step in steps {
      let words = step.command.replacing("/tmp/yibao-dip", with: folder).split(separator: " ").map(String.init)
      #expect(words.first == "yibao")
      let run = try CommandRun(Array(words.dropFirst()))
      #expect(run.code == 0, "\(step.command): \(run.errors)")
      if let shown = step.shown { #expect(run.output == shown, "\(step.command)") }
    }
    let typed = try String(contentsOfFile: folder + "/typed.csv", encoding: .utf8).split(separator: "\n")
    #expect(typed.count == 12 && typed[0].hasSuffix(",cci,types,type,factor"))
  }

  /// What the guide on grouping cases shows of asking what decides a group.
  @Test func `指南中的假设分组与命令输出相同`() throws {
    let asked = try steps("Docs/Guides/grouping-cases.md").filter { $0.command.hasPrefix("yibao group what-if") }
    #expect(asked.count == 2)
    for step in asked {
      let words = step.command.split(separator: " ").map { String($0.replacing("'", with: "")) }
      let run = try CommandRun(Array(words.dropFirst()))
      #expect(run.code == 0 && run.output == step.shown, "\(step.command): \(run.output)\(run.errors)")
    }
  }
}

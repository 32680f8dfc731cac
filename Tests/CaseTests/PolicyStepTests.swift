import CaseFiles
import Kernel
import Settlement
import Testing
import Workflows

/// The steps that policy values are said to decide, held against every step of every worked case.
@Suite struct PolicyStepTests {
  @Test func `案例中每个步骤引用的政策值，都列有该步骤`() {
    var pairs: Set<String> = []
    for workedCase in Repository.cases.cases {
      for happening in CaseRun(Repository.library).run(workedCase).happenings {
        guard case .answered(_, .settled(let record), _) = happening else { continue }
        let explained = record.settled.explanation(under: record.policy)
        for (step, cited) in zip(record.settled.steps, explained) {
          for source in cited.sources {
            let steps = SettlementVocabulary.steps(deciding: source.identifier)
            #expect(steps.contains(step.code), "\(source.identifier): \(step.code.word)")
            pairs.insert("\(step.code.word) \(source.identifier)")
          }
        }
      }
    }
    #expect(pairs.count > 60)
  }
}

import Kernel
import Workflows

/// Something that somebody does at the console or through the API: a form that is sent, with the session's token.
struct Action: Sendable {
  /// The path below `/console` and `/api/v1`, with `{name}` for a part that is asked for.
  let path: String
  let title: LocalizedText
  let section: Section
  let right: Right
  /// What may be said.
  let parameters: [Parameter]
  /// The kind of thing that the trail calls it.
  let trail: TrailAction
  let perform: @Sendable (Inquiry, ConsoleSources) async throws(ViewFault) -> ActionResult

  init(
    _ path: String, _ chinese: String, _ english: String, section: Section, right: Right, parameters: [Parameter],
    trail: TrailAction,
    perform: @escaping @Sendable (Inquiry, ConsoleSources) async throws(ViewFault) -> ActionResult
  ) {
    self.path = path
    title = LocalizedText(chinese, english)
    self.section = section
    self.right = right
    self.parameters = parameters
    self.trail = trail
    self.perform = perform
  }
}

/// What comes of an action.
enum ActionResult: Sendable {
  /// Done; look there.
  case done(seeing: String)
  /// Done, and this is what came of it.
  case content(Content)
  /// The session may see a person in full for a while; look there.
  case reveal(person: String, seeing: String)
  /// Sessions of an account end, since it changed; look there.
  case changed(account: String, seeing: String)
}

import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// Pages and problem documents for what no route answers.
struct FaultPages: RouterMiddleware {
  let gate: Gate

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let fault as ViewFault {
      return answer(request, status: .init(code: fault.status), code: fault.code, fault.message)
    } catch let error as any HTTPResponseError {
      let text =
        error.status == .notFound
        ? LocalizedText("没有这个页面；请从栏目进入", "there is no such page; start from the sections")
        : LocalizedText("请求不正确", "the request is not well-formed")
      return answer(
        request, status: error.status, code: error.status == .notFound ? "not-found" : "bad-request", text)
    }
  }

  private func answer(_ request: Request, status: HTTPResponse.Status, code: String, _ text: LocalizedText)
    -> Response
  {
    if request.uri.path.hasPrefix(Address.api) { return APIRoutes.problem(status, code, text) }
    let language = Gate.language(request, [:])
    let session = gate.session(of: request)?.session
    let frame = PageFrame(
      title: LocalizedText("不能显示", "Not shown"), language: language, region: gate.sources.region,
      path: request.uri.path, query: [:], account: session.map { ($0.account, $0.role, $0.formToken) }, section: nil,
      views: View.all)
    let html = gate.renderer.html(Content([.notice(Notice(.bad, text))]), frame)
    return Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }
}

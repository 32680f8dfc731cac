import HTTPTypes
import Hummingbird

/// What browsers may do with the site's answers: nothing but show them.
struct StrictHeaders: RouterMiddleware {
  let isSecure: Bool

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in Self.fields where response.headers[name] == nil { response.headers[name] = value }
    if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    return response
  }

  private static let fields: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"),
    (.cacheControl, "no-store"),
    (SiteHeader.name("referrer-policy"), "same-origin"),
    (SiteHeader.name("cross-origin-opener-policy"), "same-origin"),
    (SiteHeader.name("cross-origin-resource-policy"), "same-origin"),
    (SiteHeader.name("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    (SiteHeader.name("x-frame-options"), "DENY"),
  ]
}

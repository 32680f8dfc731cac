import Kernel
import Workflows

extension View {
  /// Who may sign in.
  static let accounts = View(
    "accounts", "账户", "Accounts", section: .access, isEntry: true, right: .administer, tables: [AccountPages.accounts]
  ) { inquiry, sources async throws(ViewFault) in
    let accounts = try await AccountPages.get(sources.accountDesk.accounts())
    let table = AccountPages.accounts.table(
      accounts.map { account in
        [
          .text(account.id, link: "accounts/\(Address.part(account.id))"), Cell(.words(account.role.title)),
          .text(account.time), Cell(.flag(account.isLocked), tone: account.isLocked ? .warning : nil),
          Cell(.count(account.failures), tone: account.failures > 0 ? .warning : nil), .text(account.lastFailure),
        ]
      })
    let form = Form(
      .act, to: "accounts", title: LocalizedText("新建账户", "New account"),
      [
        .init(
          "name", "账户名", "Name", isRequired: true,
          hint: LocalizedText("3 至 32 个字母、数字或 - _ .", "3 to 32 letters, digits or - _ .")),
        .init("role", "岗位", "Role", AccountPages.roles, value: Role.reader.rawValue),
        .init("password", "初始密码", "First password", .password, isRequired: true),
      ], submit: LocalizedText("新建", "Create"))
    return Content([.table(table), .form(form)])
  }

  /// One account, to change it.
  static let account = View(
    "accounts/{name}", "账户", "Account", section: .access, right: .administer,
    parameters: [Parameter("name", .text, "账户名", "name", isInPath: true)], tables: [TrailPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    let name = try inquiry.part("name")
    guard let account = try await AccountPages.get(sources.accountDesk.accounts()).first(where: { $0.id == name })
    else {
      throw .notFound(AccessRefusal.unknown(name).message)
    }
    let now = "\(inquiry.now)"
    let entries = try await AccountPages.get(sources.accountDesk.trail(from: "", to: now, account: name))
    let form = Form(
      .act, to: "accounts/\(Address.part(name))", title: LocalizedText("变更", "Change"),
      [
        .init("role", "岗位", "Role", AccountPages.roles, value: account.role.rawValue),
        .init(
          "locked", "停用", "Locked",
          .choice([("no", LocalizedText("否", "no")), ("yes", LocalizedText("是", "yes"))]),
          value: account.isLocked ? "yes" : "no"),
        .init(
          "password", "新密码", "New password", .password,
          hint: LocalizedText("不改则留空；变更后该账户须重新登录", "empty to keep it; the account has to sign in again")),
      ], submit: LocalizedText("保存", "Save"))
    var content = Content(
      [
        .facts(
          Facts(
            "account", "账户", "Account",
            [
              .init("name", "账户名", "Name", .text(account.id)),
              .init("role", "岗位", "Role", Cell(.words(account.role.title))),
              .init("since", "建立时间", "Made", .text(account.time)),
              .init("locked", "停用", "Locked", Cell(.flag(account.isLocked))),
            ])),
        .form(form), .table(TrailPage.form.table(entries.suffix(100).reversed().map(TrailPage.row))),
      ], title: LocalizedText("账户 \(name)", "Account \(name)"))
    content.trail = [.init("账户", "Accounts", "accounts")]
    return content
  }
}

extension Action {
  /// Makes an account.
  static let createAccount = Action(
    "accounts", "新建账户", "Create an account", section: .access, right: .administer,
    parameters: [
      Parameter("name", .text, "账户名", "name"),
      Parameter("role", .choice(Role.allCases.map(\.rawValue)), "岗位", "role"),
      Parameter("password", .text, "初始密码", "first password"),
    ], trail: .account
  ) { inquiry, sources async throws(ViewFault) in
    guard let role = try inquiry.choice("role", of: Role.self) else {
      throw .parameter("role", LocalizedText("请选择岗位", "choose a role"))
    }
    _ = try await AccountPages.get(
      sources.accountDesk.create(
        inquiry["name"] ?? "", role: role, password: inquiry["password"] ?? "", by: inquiry.account,
        time: "\(inquiry.now)"))
    return .done(seeing: "accounts")
  }

  /// Changes an account.
  static let updateAccount = Action(
    "accounts/{name}", "变更账户", "Change an account", section: .access, right: .administer,
    parameters: [
      Parameter("name", .text, "账户名", "name", isInPath: true),
      Parameter("role", .choice(Role.allCases.map(\.rawValue)), "岗位", "role"),
      Parameter("locked", .choice(["yes", "no"]), "是否停用", "whether it is locked"),
      Parameter("password", .text, "新密码，不改则留空", "new password, empty to keep it"),
    ], trail: .account
  ) { inquiry, sources async throws(ViewFault) in
    let name = try inquiry.part("name")
    _ = try await AccountPages.get(
      sources.accountDesk.update(
        name, role: try inquiry.choice("role", of: Role.self), isLocked: inquiry["locked"].map { $0 == "yes" },
        password: inquiry["password"], by: inquiry.account, time: "\(inquiry.now)"))
    return .changed(account: name, seeing: "accounts/\(Address.part(name))")
  }
}

/// What the pages of accounts share.
enum AccountPages {
  static let accounts = TableForm(
    "accounts", "账户", "Accounts",
    [
      .init("name", "账户名", "Name"), .init("role", "岗位", "Role"), .init("since", "建立时间", "Made"),
      .init("locked", "停用", "Locked", .flag), .init("failures", "连续错误次数", "Failures in a row", .count),
      .init("last_failure", "最近错误时间", "Last failure"),
    ])

  static let roles = Form.Field.Kind.choice(Role.allCases.map { ($0.rawValue, $0.title) })

  static func get<Answer>(_ result: Result<Answer, AccessRefusal>) throws(ViewFault) -> Answer {
    switch result {
    case .success(let answer): return answer
    case .failure(.store(let error)): throw .store(error)
    case .failure(.unknown(let name)): throw .notFound(AccessRefusal.unknown(name).message)
    case .failure(let refusal): throw .refused(refusal.message)
    }
  }
}

extension ConsoleSources {
  /// Accounts and the trail.
  var accountDesk: AccountDesk { AccountDesk(store: payer, hashing: hashing, rules: access) }
}

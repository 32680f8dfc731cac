public import Kernel

/// What an account may do at the console and the API (岗位).
public enum Role: String, Codable, Sendable, CaseIterable {
  /// Sees everything, persons masked.
  case reader
  /// Works on cases: sees persons in full and sends transactions.
  case handler
  /// Looks over others' shoulders: sees persons in full and the audit trail, changes nothing.
  case auditor
  /// Keeps accounts; may do everything else too.
  case administrator

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .reader: LocalizedText("查询员", "reader")
    case .handler: LocalizedText("经办员", "handler")
    case .auditor: LocalizedText("审计员", "auditor")
    case .administrator: LocalizedText("管理员", "administrator")
    }
  }

  /// What it may do.
  public var rights: Set<Right> {
    switch self {
    case .reader: [.view]
    case .handler: [.view, .reveal, .handle]
    case .auditor: [.view, .reveal, .readTrail]
    case .administrator: Set(Right.allCases)
    }
  }
}

/// One thing that accounts may or may not do.
public enum Right: String, Sendable, CaseIterable {
  /// Sees pages; persons are masked.
  case view
  /// Sees a person's name and numbers in full, one person at a time and for a reason that is written down.
  case reveal
  /// Sends transactions.
  case handle
  /// Reads what others did.
  case readTrail
  /// Makes, changes and locks accounts.
  case administer

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .view: LocalizedText("查询", "view")
    case .reveal: LocalizedText("查看完整个人信息", "see personal data in full")
    case .handle: LocalizedText("经办业务", "handle business")
    case .readTrail: LocalizedText("查阅操作留痕", "read the audit trail")
    case .administer: LocalizedText("管理账户", "keep accounts")
    }
  }
}

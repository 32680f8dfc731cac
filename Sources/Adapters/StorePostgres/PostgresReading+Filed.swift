#if PostgreSQL
  import Workflows

  /// What messages filed beside money.
  extension PostgresReading {
    func filed<Record: FiledRecord>(_ kind: Record.Type, _ id: String) throws(StoreError) -> Record? {
      let register = Record.register
      return try one(
        "read \(register)", PostgresSQL.filed, [.text(register), .text(id)], about: .filed(register, id))
    }

    func filed<Record: FiledRecord>(_ kind: Record.Type, about subject: String) throws(StoreError) -> [Record] {
      let register = Record.register
      return try all(
        "read \(register)", PostgresSQL.filedAbout, [.text(register), .text(subject)],
        about: .filedAbout(register, subject))
    }

    func filed<Record: FiledRecord>(_ kind: Record.Type, of owner: String, from: String, to: String)
      throws(StoreError) -> [Record]
    {
      let register = Record.register
      return try all(
        "read \(register)", PostgresSQL.filedOf, [.text(register), .text(owner), .text(from), .text(to)],
        about: .filedOf(register, owner))
    }
  }
#endif

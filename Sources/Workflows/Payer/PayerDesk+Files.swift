import Foundation

extension PayerDesk {
  /// The most bytes that a file may have that an institution uploads.
  public static let largestFile = 4 << 20

  /// Whose the files are that every institution may fetch (`fixmedins_code` of 9102 for catalogues).
  public static let everybody = "plc"

  /// Takes a file (9101).
  public func uploadFile(_ name: String, _ bytes: [UInt8], _ message: MessageContext) async
    -> Result<FiledFile, DeskRefusal>
  {
    let desk = self
    guard !bytes.isEmpty, bytes.count <= Self.largestFile else {
      return .failure(.desk(.fileSize, about: "\(bytes.count) / \(Self.largestFile)"))
    }
    return await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(FiledFile.self, number), or: .fileUnknown, number)
      },
      { transaction throws(StoreError) in
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        let file = FiledFile(
          id: "\(desk.region)U\(try transaction.nextNumber("file"))", owner: message.institution,
          subject: message.transaction, time: message.time, name: name,
          contentBase64: Data(bytes).base64EncodedString())
        try transaction.put(file)
        return .success((file, made: file.id))
      })
  }

  /// A file that lies out for every institution under a number, `nil` when there is none yet.
  public func publishedFile(_ number: String) async -> Result<FiledFile?, DeskRefusal> {
    await read { store throws(StoreError) in
      .success(try store.filed(FiledFile.self, number).flatMap { $0.owner == Self.everybody ? $0 : nil })
    }
  }

  /// Lays out a file that every institution may fetch.
  ///
  /// - Parameter number: made from what decides the content, so that the same content has the same number.
  public func publishFile(_ number: String, _ name: String, _ bytes: [UInt8], about subject: String, time: String) async
    -> Result<FiledFile, DeskRefusal>
  {
    let file = FiledFile(
      id: number, owner: Self.everybody, subject: subject, time: time, name: name,
      contentBase64: Data(bytes).base64EncodedString())
    do throws(StoreError) {
      try await store.write { transaction throws(StoreError) in try transaction.put(file) }
      return .success(file)
    } catch {
      return .failure(.store(error))
    }
  }

  /// Fetches a file (9102): an institution its own, and everybody's.
  ///
  /// A file of somebody else answers like one that is not there.
  public func file(_ number: String, name: String, of owner: String, for institution: String) async
    -> Result<[UInt8], DeskRefusal>
  {
    guard owner == institution || owner == Self.everybody else {
      return .failure(.desk(.fileUnknown, about: number))
    }
    return await read { store throws(StoreError) in
      guard let file = try store.filed(FiledFile.self, number), file.owner == owner, file.name == name,
        let content = Data(base64Encoded: file.contentBase64)
      else { return .failure(.desk(.fileUnknown, about: number)) }
      return .success([UInt8](content))
    }
  }
}

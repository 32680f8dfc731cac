import Foundation
import Kernel
import Workflows

/// Files: upload, download, and the lists of the catalogue as files.
extension InterfaceService {
  func uploadFile(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("fsUploadIn")
    try row.checkOwn("fixmedins_code", request)
    let content: [UInt8]
    if let attachment = request.envelope.attachment {
      content = attachment
    } else {
      guard let text = row.filled("in") else { throw row.missing("in") }
      // Some serialisers break lines at 76 characters.
      guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters), !data.isEmpty else {
        throw .desk(.desk(.fileUnreadable, about: "in"))
      }
      content = [UInt8](data)
    }
    let file = try await desk.uploadFile(row.text("filename"), content, request.context).orRefused()
    return Output { writer in
      writer.text("file_qury_no", file.id)
      writer.text("filename", file.name)
      writer.text("fixmedins_code", file.owner)
      writer.text("dld_endtime", "")
    }
  }

  func downloadFile(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("fsDownloadIn")
    let bytes = try await desk.file(
      row.text("file_qury_no"), name: row.text("filename"), of: row.text("fixmedins_code"), for: request.institution
    ).orRefused()
    return .file(bytes)
  }

  /// A list of the catalogue as a file, from the version that the institution holds (1301–1311, 1313–1315).
  func download(_ request: InterfaceRequest) async throws(Refused) -> Output {
    guard let layout = CatalogueLayout.byNumber[request.number], let archive else {
      throw .interface(Self.notOffered(request.number))
    }
    let row = try request.row("data")
    let edition = try await desk.edition(of: layout.list).orRefused()
    let news = edition.changes(after: row.text("ver"))
    // Name and titles decide every byte, so that a file that lies out already need not be made again.
    let name = "\(request.number)_\(edition.version)_\(news.count).txt"
    var fingerprint = Fingerprint()
    for text in [name, desk.region] + layout.titles { fingerprint.add(text) }
    let number = "fsi/plc/\(fingerprint.text.prefix(30))"
    let file: FiledFile
    if let known = try await desk.publishedFile(number).orRefused() {
      file = known
    } else {
      let packed: [UInt8]
      do throws(ArchiveFault) {
        packed = try archive.pack([ArchivedFile(name: name, bytes: layout.text(news, region: desk.region))])
      } catch {
        throw .interface(
          InterfaceRefusal(.fileNotMade, "目录文件未能生成，请稍后重发", "the file could not be made; send the message again later"))
      }
      file = try await desk.publishFile(
        number, "\(name).zip", packed, about: request.number, time: request.received.text
      ).orRefused()
    }
    return Output { writer in
      writer.text("file_qury_no", file.id)
      writer.text("filename", file.name)
      writer.text("dld_end_time", "\(request.received.day.adding(days: 30))")
      writer.number("data_cnt", Int64(news.count))
    }
  }
}

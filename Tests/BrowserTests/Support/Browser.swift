import Foundation
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Chromium without a window, driven through a pair of pipes by its own protocol.
final class Browser {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let folder: URL
  /// Where files that pages offer are kept.
  let downloads: URL
  private let (toBrowser, fromBrowser): (Int32, Int32)
  private var waiting: [UInt8] = []
  private var events: [[String: Any]] = []
  private var number = 0
  private var session: String?

  /// The program, when it is installed.
  static var path: String? {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
      .first(where: FileManager.default.isExecutableFile)
  }

  init(width: Int = 1280, height: Int = 900) throws {
    guard let program = Self.path else { throw Fault(description: "chromium is not installed") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "browser-\(UUID())")
    self.folder = folder
    downloads = folder.appending(path: "downloads")
    try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
    let pipes = ["to", "from"].map { folder.appending(path: $0).path }
    for pipe in pipes where mkfifo(pipe, 0o600) != 0 { throw Fault(description: "cannot make \(pipe)") }
    // Both directions, so that neither end waits for the other to open.
    (toBrowser, fromBrowser) = (open(pipes[0], O_RDWR | O_CLOEXEC), open(pipes[1], O_RDWR | O_CLOEXEC))
    process.executableURL = URL(filePath: "/bin/sh")
    let script = "in=$1 out=$2; shift 2; exec \"$@\" 3<\"$in\" 4>\"$out\""
    let options = [
      "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--user-data-dir=\(folder.path)/profile", "--lang=zh-CN", "--accept-lang=zh-CN",
      // The sandbox cannot be used by root, who runs the tests where everything is a container.
      geteuid() == 0 ? "--no-sandbox" : "--disable-extensions", "about:blank",
    ]
    process.arguments = ["-c", script, "sh"] + pipes + [program] + options
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])
    let attached = try call("Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    session = attached["sessionId"] as? String
    try call("Page.enable")
    try call("Network.enable")
    try call("Browser.setDownloadBehavior", ["behavior": "allow", "downloadPath": downloads.path])
    try size(width, height)
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    close(toBrowser)
    close(fromBrowser)
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: What a person does

  func size(_ width: Int, _ height: Int) throws {
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
  }

  func visit(_ address: String) throws {
    try loading { try call("Page.navigate", ["url": address]) }
  }

  /// Types into the field of that name, as keys.
  func type(_ text: String, into name: String) throws {
    try focus("[name='\(name)']")
    _ = try value("document.activeElement.value = ''")
    try call("Input.insertText", ["text": text])
  }

  /// Presses Enter where the cursor stands, and waits for the page that comes.
  func enter() throws {
    try loading {
      for kind in ["keyDown", "keyUp"] {
        try call(
          "Input.dispatchKeyEvent",
          ["type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"])
      }
    }
  }

  /// Follows the first link or button whose text contains some words, by the keyboard.
  func follow(_ words: String) throws {
    let script = """
      (() => { const all = [...document.querySelectorAll('a, button, summary')];
        const found = all.find(e => e.textContent.includes(\(Self.quoted(words))));
        if (!found) return false; found.focus(); return document.activeElement === found; })()
      """
    guard try value(script) as? Bool == true else { throw Fault(description: "no link says \(words): \(try text())") }
    try enter()
  }

  func focus(_ selector: String) throws {
    let script =
      "(() => { const e = document.querySelector(\(Self.quoted(selector))); if (!e) return false; "
      + "e.focus(); return true; })()"
    guard try value(script) as? Bool == true else { throw Fault(description: "nothing at \(selector): \(try text())") }
  }

  // MARK: What a person sees

  /// The text of the page.
  func text() throws -> String { try value("document.body.innerText") as? String ?? "" }

  func title() throws -> String { try value("document.querySelector('h1')?.textContent ?? ''") as? String ?? "" }

  func address() throws -> String { try value("location.pathname + location.search") as? String ?? "" }

  /// The value of an expression in the page.
  func value(_ expression: String) throws -> Any? {
    let answer = try call("Runtime.evaluate", ["expression": expression, "returnByValue": true])
    if let exception = answer["exceptionDetails"] { throw Fault(description: "\(exception)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Whether the page is wider than the window.
  func overflows() throws -> Bool {
    try value("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1") as? Bool ?? true
  }

  /// A picture of the whole page, as PNG.
  func picture() throws -> Data {
    let metrics = try call("Page.getLayoutMetrics")
    let page = try #require(metrics["cssContentSize"] as? [String: Any])
    let clip: [String: Any] = [
      "x": 0, "y": 0, "width": page["width"] ?? 1280,
      "height": min((page["height"] as? NSNumber)?.doubleValue ?? 900, 4_000), "scale": 1,
    ]
    let shot = try call("Page.captureScreenshot", ["captureBeyondViewport": true, "clip": clip])
    return try #require(Data(base64Encoded: shot["data"] as? String ?? ""))
  }

  /// The content of the file that was offered last, once it is whole.
  func download() throws -> (name: String, content: Data) {
    for _ in 0..<200 {
      let names = try FileManager.default.contentsOfDirectory(atPath: downloads.path)
      if let name = names.first(where: { !$0.hasSuffix(".crdownload") }) {
        let content = try Data(contentsOf: downloads.appending(path: name))
        try FileManager.default.removeItem(at: downloads.appending(path: name))
        return (name, content)
      }
      usleep(50_000)
    }
    throw Fault(description: "no file came")
  }

  /// Does something that loads a page, and waits until the page is there.
  func loading(_ body: () throws -> Void) throws {
    events = []
    try body()
    while !events.contains(where: { $0["method"] as? String == "Page.loadEventFired" }) { events.append(try receive()) }
  }

  // MARK: The protocol

  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    number += 1
    var message: [String: Any] = ["id": number, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    var bytes = [UInt8](try JSONSerialization.data(withJSONObject: message)) + [0]
    while !bytes.isEmpty {
      let count = write(toBrowser, bytes, bytes.count)
      guard count > 0 else { throw Fault(description: "the browser takes nothing") }
      bytes.removeFirst(count)
    }
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == number else {
        events.append(answer)
        continue
      }
      if let error = answer["error"] { throw Fault(description: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func receive() throws -> [String: Any] {
    while true {
      if let end = waiting.firstIndex(of: 0) {
        let message = Data(waiting[..<end])
        waiting.removeFirst(end + 1)
        return try #require(try JSONSerialization.jsonObject(with: message) as? [String: Any])
      }
      var poller = pollfd(fd: fromBrowser, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 60_000) > 0 else { throw Fault(description: "the browser says nothing for a minute") }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = read(fromBrowser, &bytes, bytes.count)
      guard count > 0 else { throw Fault(description: "the browser is gone") }
      waiting += bytes[..<count]
    }
  }

  private static func quoted(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: [text])
    return data.map { String(decoding: $0.dropFirst().dropLast(), as: UTF8.self) } ?? "''"
  }
}

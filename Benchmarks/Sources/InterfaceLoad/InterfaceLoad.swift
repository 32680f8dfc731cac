import ArgumentParser
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Speaks the interface to a payer on this machine and says how fast it answers.
@main
struct InterfaceLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "InterfaceLoad",
    abstract: "Loads a payer on the loopback with the national interface's messages.",
    discussion: """
      Each connection sends a message, waits for its answer and sends the next. 'settle' is three messages: 2201, 2204 \
      with five fee lines, 2207; 'purchase' is one, 2102 with \
      five lines; persons and ids are distinct. Generator and server share the machine, so both shares \
      are printed: with --pid the server's too.
      """)

  @Option(help: "The server; only addresses of the loopback are taken.")
  var url = "http://127.0.0.1:8080"

  @Option(help: "Open connections.")
  var connections = 64

  @Option(help: "Measured time, after the warm-up.")
  var seconds = 10.0

  @Option(help: "Time before measuring begins.")
  var warmUp = 2.0

  @Option(help: "hello, person, settle or purchase.")
  var scenario = "settle"

  @Option(help: "Event loops of the generator.")
  var threads = 1

  @Option(help: "Messages at most.")
  var limit = 20_000_000

  @Option(help: "How many synthetic persons there are to choose from.")
  var persons = 10_000

  @Option(help: "The institution (fixmedins_code).")
  var institution = "H99010000001"

  @Option(help: "The sign-in number (sign_no).")
  var signNumber = ""

  @Option(help: "The day of the visits.")
  var day = "2026-03-02"

  @Option(help: "The server's process, for its share of the processor.")
  var pid: Int32?

  func validate() throws {
    guard (1...10_000).contains(connections) else { throw ValidationError("--connections: 1 to 10000") }
    guard seconds > 0, seconds <= 3600, warmUp >= 0, warmUp <= 600 else {
      throw ValidationError("--seconds: up to 3600; --warm-up: up to 600")
    }
    guard (1...64).contains(threads), limit > 0, persons > 0 else {
      throw ValidationError("--threads: 1 to 64; --limit, --persons: above 0")
    }
    guard institution.utf8.count == 12 else { throw ValidationError("--institution: 12 characters") }
    _ = try target()
    _ = try chosenScenario()
  }

  func run() throws {
    let target = try target()
    // Ten digits; with the institution's twelve and eight of the sequence they make a msgid of thirty.
    let stamp = String(time(nil))
    let scenario = try chosenScenario()
    let institution = scenario.institution ?? institution
    let load = LoadRun(
      scenario: scenario,
      envelope: Envelope(
        host: "\(target.host):\(target.port)", path: target.path, institution: institution, signNumber: signNumber),
      persons: persons, run: stamp, day: day, limit: limit)
    let isMeasuring = Switch()
    let tallies = (0..<connections).map { _ in Tally(isMeasuring: { isMeasuring.isOn }) }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    defer { try? group.syncShutdownGracefully() }
    let channels = try connect(target, load, tallies, group)

    pause(warmUp)
    let clocks = (own: ProcessorClock(process: getpid()), server: pid.map(ProcessorClock.init))
    let before = (own: clocks.own.seconds() ?? 0, server: clocks.server?.seconds(), time: NIODeadline.now())
    isMeasuring.isOn = true
    pause(seconds)
    isMeasuring.isOn = false
    let elapsed = Double((NIODeadline.now() - before.time).nanoseconds) / 1e9
    let after = (own: clocks.own.seconds() ?? 0, server: clocks.server?.seconds())
    load.end()
    // Answers still on their way are waited for, but not for ever.
    let patience = NIODeadline.now() + .seconds(10)
    for channel in channels { channel.eventLoop.scheduleTask(deadline: patience) { channel.close(promise: nil) } }
    for channel in channels { try? channel.closeFuture.wait() }

    var serverSeconds: Double?
    if let end = after.server, let start = before.server { serverSeconds = end - start }
    let report = LoadReport(
      scenario: load.scenario, tallies: tallies, seconds: elapsed, generatorSeconds: after.own - before.own,
      serverSeconds: serverSeconds)
    print(report.text)
    if report.errorCount > 0 { throw ExitCode(1) }
  }

  private func connect(
    _ target: (host: String, port: Int, path: String), _ load: LoadRun, _ tallies: [Tally],
    _ group: MultiThreadedEventLoopGroup
  ) throws -> [any Channel] {
    let futures = tallies.enumerated().map { worker, tally in
      ClientBootstrap(group: group)
        .channelOption(.socketOption(.tcp_nodelay), value: 1)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = LoadConnection(load: load, worker: worker, tally: tally)
            try channel.pipeline.syncOperations.addHandler(handler)
          }
        }
        .connect(host: target.host, port: target.port)
    }
    do {
      return try futures.map { try $0.wait() }
    } catch {
      throw ValidationError("cannot connect to \(url): \(error)")
    }
  }

  /// Host, port and path of the URL; hosts other than this one are refused, for a load is no visitor's business.
  private func target() throws -> (host: String, port: Int, path: String) {
    guard url.hasPrefix("http://") else { throw ValidationError("--url: begins with http://") }
    let rest = url.dropFirst(7)
    let authority = rest.prefix { $0 != "/" }
    let colon = authority.lastIndex(of: ":")
    let host = String(authority[..<(colon ?? authority.endIndex)])
    guard let port = colon.map({ Int(authority[authority.index(after: $0)...]) }) ?? 80, (1...65535).contains(port)
    else {
      throw ValidationError("--url: a port from 1 to 65535")
    }
    guard ["127.0.0.1", "localhost"].contains(host) else {
      throw ValidationError("--url: only 127.0.0.1 and localhost are loaded, not \(host)")
    }
    let path = String(rest[authority.endIndex...])
    return ("127.0.0.1", port, path.count > 1 ? path : "/fsi/api/rsfComIfsService/callService")
  }

  private func chosenScenario() throws -> Scenario {
    guard let found = Scenario.all.first(where: { $0.name == scenario }) else {
      throw ValidationError("--scenario: \(Scenario.all.map(\.name).joined(separator: ", "))")
    }
    return found
  }

  private func pause(_ seconds: Double) { usleep(UInt32(seconds * 1_000_000)) }
}

/// A switch that all threads see.
final class Switch: Sendable {
  private let state = Atomic(false)

  var isOn: Bool {
    get { state.load(ordering: .relaxed) }
    set { state.store(newValue, ordering: .relaxed) }
  }
}

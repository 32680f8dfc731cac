public import ArgumentParser
import Dispatch
import Kernel
public import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals
import WebService
import Workflows

/// `yibao serve`.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "启动医保接口、控制台和 API / serve the national interface, the console and the API",
    discussion: """
      接口地址 / the interface: POST /fsi/api/rsfComIfsService/callService[/{infno}]
      控制台 / console: GET /console        API: /api/v1 (OpenAPI: /api/v1/openapi.json)
      运维地址 / for operation: GET /healthz, /readyz, /metrics (Prometheus)

      SIGTERM 或 Ctrl-C：停止受理，完成在途请求，关闭存储。
      SIGTERM or Ctrl-C stops accepting, finishes what is in flight and closes the store.

      示例 / Examples:
        yibao serve --store memory --sample 1000
        yibao serve --store sqlite:region.sqlite
        yibao serve --store postgres:postgresql://yibao@db.example/region
        yibao serve --listen 0.0.0.0:8443 --tls-certificate chain.pem --tls-key key.pem
        yibao serve --also-at /power-csb/powercsb --also-at /csb
        yibao serve --gateway-keys keys.txt --require-sign-in
        yibao serve --no-console
        yibao serve --edition Editions/chs-drg-outline --catalogue Editions/dip-outline
        yibao serve --against 拟行=/srv/policies-next
        yibao serve --alarm-cost 1500 --alarm-refusals 50 --alarm-reversals 20

      首次启动时建立管理员账户 admin，密码只显示一次；此后用控制台的“账户”页或 yibao account 管理。
      The first start makes the account admin and shows its password once; later the console's page of accounts or
      `yibao account` keeps them.

      退出码 2：不能监听，或证书、密钥文件有误 / exit code 2: the address, certificate or key file cannot be used.
      """)

  @Option(help: "监听地址，默认只有本机可达 / where to listen; the default is reached from this machine alone")
  var listen = ListenAddress(host: "127.0.0.1", port: 8080)

  @Option(help: "存储 / the store: sqlite:PATH, postgres:URL, or memory (nothing is kept)")
  var store = "sqlite:yibao.sqlite"

  @Option(help: "统筹区代码 / the pooling region that this payer stands for")
  var region = SampleRegister.region

  @Option(help: "先放入多少名虚构参保人，并放入示例机构和目录 / invented persons to put in first, with institutions and catalogue")
  var sample = 0

  @Option(help: "政策目录 / folder of policy files")
  var policies = "Policies"

  @Option(help: "接口的其他地址，可重复 / further base path of the interface; may be given again")
  var alsoAt: [String] = []

  @Option(help: "同时处理的请求数上限，超出者得到 503 / requests at once; further ones are answered with 503")
  var maxInFlight = 256

  @Option(help: "证书链 (PEM) / certificate chain")
  var tlsCertificate: String?

  @Option(help: "证书的私钥 (PEM) / the certificate's private key")
  var tlsKey: String?

  @Option(help: "网关密钥文件，权限 0600；给出后每个请求须签名 / file of gateway keys, mode 0600; requests must then be signed")
  var gatewayKeys: String?

  @Flag(help: "除签到外的交易都须先签到 / every transaction but 9001 needs an operator who signed in")
  var requireSignIn = false

  @OptionGroup(title: "控制台 / console") var site: SiteOptions

  @Option(help: "停止时等待在途请求的秒数 / seconds that requests in flight get on a stop")
  var drainSeconds = 30

  @Option(help: "日志级别 / log level: info logs every request, notice only what is unusual")
  var logLevel = Logger.Level.info

  func validate() throws {
    guard maxInFlight > 0 else { throw ValidationError("--max-in-flight: 至少为 1 / at least 1") }
    guard (0..<SampleRegister.limit).contains(sample) else {
      throw ValidationError("--sample: 0 至 \(SampleRegister.limit - 1) / from 0 to \(SampleRegister.limit - 1)")
    }
    guard drainSeconds >= 0 else { throw ValidationError("--drain-seconds: 不得为负 / not below 0") }
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate 与 --tls-key 须同时给出 / go together")
    }
    guard alsoAt.allSatisfy({ $0.hasPrefix("/") && $0.utf8.count > 1 }) else {
      throw ValidationError("--also-at: 以 / 开头 / begins with a slash")
    }
  }

  func run() throws {
    let logger = Logger(label: "yibao") { [logLevel] label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = logLevel
      return handler
    }
    let gateway = try gatewayKeys.map { path throws in
      do throws(GatewayKeyFile.Fault) {
        return GatewayKeys(try GatewayKeyFile.keys(path: path))
      } catch {
        Terminal.error("\(error)")
        throw ExitCode(2)
      }
    }
    let offer = try PayerOffer.make(
      store: store, policies: policies, region: region, sample: sample, requiresSignIn: requireSignIn,
      site: site, isSecure: tlsCertificate != nil, logger: logger)
    let service = PayerServer(
      configuration: serverConfiguration(gateway), logger: logger, isReady: offer.isReady,
      onListening: { host, port in logger.notice("listening", metadata: ["host": "\(host)", "port": "\(port)"]) },
      onStopped: {
        await offer.close()
        logger.notice("stopped")
      },
      site: offer.site, handler: offer.handler)
    try Self.runToEnd(service, logger)
  }

  private func serverConfiguration(_ gateway: GatewayKeys?) -> PayerServerConfiguration {
    var configuration = PayerServerConfiguration()
    configuration.gateway = gateway
    configuration.host = listen.host
    configuration.port = listen.port
    configuration.furtherPaths = alsoAt
    configuration.maximumInFlight = maxInFlight
    configuration.drainTimeout = .seconds(drainSeconds)
    if let tlsCertificate, let tlsKey {
      configuration.tls = TLSFiles(certificate: tlsCertificate, key: tlsKey)
    }
    return configuration
  }

  /// Runs the server until a signal stops it; the main thread waits, which holds no thread of the cooperative pool.
  private static func runToEnd(_ service: PayerServer, _ logger: Logger) throws {
    let group = ServiceGroup(services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    let failure = Mutex<String?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        try await group.run()
      } catch {
        failure.withLock { $0 = "\(error)" }
      }
      done.signal()
    }
    done.wait()
    if let failure = failure.withLock({ $0 }) {
      Terminal.error(failure)
      throw ExitCode(2)
    }
  }
}

/// An address to listen on: `127.0.0.1:8080`, `[::1]:8080`.
struct ListenAddress: ExpressibleByArgument {
  let host: String
  let port: Int

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port`; a number of IPv6 stands in brackets.
  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"), let port = UInt16(argument[argument.index(after: colon)...]) else {
      return nil
    }
    var host = argument[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  var defaultValueDescription: String { "\(host):\(port)" }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

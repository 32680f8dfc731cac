// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "OpenYibao", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
  ],
  targets: [
    .executableTarget(
      name: "SettlementBenchmark",
      dependencies: [
        .product(name: "Rooms", package: "OpenYibao")
      ]),
    .executableTarget(
      name: "GroupingBenchmark",
      dependencies: [
        .product(name: "Rooms", package: "OpenYibao")
      ]),
    .executableTarget(
      name: "ClearingBenchmark",
      dependencies: [
        .product(name: "Rooms", package: "OpenYibao")
      ]),
    .executableTarget(
      name: "InterfaceLoad",
      dependencies: [
        .product(name: "Rooms", package: "OpenYibao"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "HelloServer",
      dependencies: [
        .product(name: "WebService", package: "OpenYibao"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

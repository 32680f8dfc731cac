// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "OpenYibao", path: "..")],
  targets: [
    .executableTarget(
      name: "SettlementBenchmark",
      dependencies: [
        .product(name: "Rooms", package: "OpenYibao")
      ])
  ],
  swiftLanguageModes: [.v6]
)

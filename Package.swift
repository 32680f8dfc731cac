// swift-tools-version: 6.1
import PackageDescription

/// Settings shared by every target: Swift 6 mode with the upcoming features that make imports and existentials explicit.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Debug builds optimise the pure rooms too, so that a hundred thousand random claims are a matter of seconds in a test;
/// preconditions stay on, and nothing else changes.
let calculating = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A pure room: no I/O, no clock, no floating point; `TidyTests` checks what the compiler does not.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: calculating)
}

/// An adapter: translates between rooms and the outside, never another adapter (decision 0004 names the one exception).
func adapter(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/Adapters/\(name)", swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: calculating)
}

let package = Package(
  name: "OpenYibao",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "yibao", targets: ["yibao"]),
    // For Benchmarks/, a package of its own.
    .library(
      name: "Rooms",
      targets: [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment",
        "Workflows", "PolicyFiles", "CaseFiles", "TabularFiles", "StoreSQLite",
      ]),
    .library(name: "WebService", targets: ["WebService"]),
  ],
  traits: [
    .trait(name: "PostgreSQL", description: "The payer's store on PostgreSQL; needs libpq with its headers.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.9.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
  ],
  targets: [
    room("Kernel"),
    room("Policy", ["Kernel"]),
    room("Ledger", ["Kernel"]),
    room("People", ["Kernel"]),
    room("Catalog", ["Kernel"]),
    room("Claims", ["Kernel", "People", "Catalog"]),
    room("Settlement", ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims"]),
    room("Grouping", ["Kernel", "Policy", "Catalog", "Claims"]),
    room("Payment", ["Kernel", "Policy", "Ledger", "People", "Claims", "Settlement", "Grouping"]),
    room(
      "Workflows",
      ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment"]),

    adapter("StrictYAML", ["Kernel", .product(name: "Yams", package: "Yams")]),
    adapter("PolicyFiles", ["Kernel", "Policy", "People", "Payment", "StrictYAML"]),
    adapter(
      "CaseFiles",
      ["Kernel", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows", "StrictYAML"]),
    .systemLibrary(
      name: "CLibZip", path: "Sources/Adapters/CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CLibExpat", path: "Sources/Adapters/CLibExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CLibXlsxWriter", path: "Sources/Adapters/CLibXlsxWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"])]),
    adapter(
      "TabularFiles",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Grouping", "Payment", "Workflows", "CLibZip", "CLibExpat",
        "CLibXlsxWriter", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    adapter("ZipFiles", ["Workflows", "CLibZip"]),
    adapter(
      "NationalInterface",
      ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Workflows"]),
    adapter(
      "StoreRecords",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    adapter(
      "StoreSQLite",
      [
        "Kernel", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows", "StoreRecords",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .systemLibrary(
      name: "CLibPQ", path: "Sources/Adapters/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    adapter(
      "StorePostgres",
      [
        "Kernel", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows", "StoreRecords",
        .target(name: "CLibPQ", condition: .when(traits: ["PostgreSQL"])),
      ]),
    adapter(
      "WebService",
      [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .target(
      name: "Console",
      dependencies: [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment", "Workflows",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Sources/Adapters/Console",
      resources: [.embedInCode("Rendering/Assets")],
      swiftSettings: house),

    .executableTarget(
      name: "yibao",
      dependencies: [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment",
        "Workflows", "PolicyFiles", "CaseFiles", "TabularFiles", "ZipFiles", "StoreSQLite", "StorePostgres",
        "NationalInterface", "WebService", "Console",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "Sources/Tools/yibao",
      swiftSettings: house),
    .executableTarget(
      name: "StoreTrial",
      dependencies: [
        "Kernel", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows", "PolicyFiles",
        "TabularFiles", "StoreSQLite", "StorePostgres",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Tools/StoreTrial",
      swiftSettings: house),

    tests("TidyTests", []),
    tests("SettlementTests", ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement"]),
    tests(
      "CaseTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows",
        "PolicyFiles", "CaseFiles", "TabularFiles",
      ]),
    tests("PolicyFilesTests", ["Kernel", "Policy", "Settlement", "Workflows", "PolicyFiles"]),
    tests(
      "WorkflowTests",
      ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Workflows", "PolicyFiles"]),
    tests("KernelTests", ["Kernel"]),
    tests("LedgerTests", ["Kernel", "Ledger"]),
    tests("PeopleTests", ["Kernel", "People"]),
    tests(
      "PaymentTests",
      ["Kernel", "Policy", "Ledger", "People", "Settlement", "Payment", "PolicyFiles", "TabularFiles"]),
    tests(
      "PayingTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Settlement", "Payment", "Workflows", "PolicyFiles", "TabularFiles",
      ]),
    tests("GroupingTests", ["Kernel", "Catalog", "Claims", "Grouping", "TabularFiles"]),
    tests("CatalogTests", ["Kernel", "Catalog"]),
    tests("ZipFilesTests", ["Workflows", "ZipFiles"]),
    tests(
      "TabularFilesTests",
      ["Kernel", "People", "Catalog", "Grouping", "Payment", "Workflows", "TabularFiles", "ZipFiles"]),
    tests(
      "NationalInterfaceTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Workflows",
        "NationalInterface",
        "PolicyFiles", "ZipFiles",
      ]),
    tests(
      "WebServiceTests",
      [
        "WebService", .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    tests("BrowserTests", []),
    tests(
      "ConsoleTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment", "Workflows",
        "PolicyFiles", "TabularFiles", "StoreSQLite", "Console", .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "StoreConformanceTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Grouping", "Payment", "Workflows",
        "TabularFiles", "StoreRecords", "StoreSQLite", "StorePostgres", "StoreTrial",
      ]),
    tests(
      "StorePostgresTests",
      [
        "Kernel", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows", "StoreRecords",
        "StorePostgres", "StoreTrial",
      ]),
    tests(
      "StoreSQLiteTests",
      [
        "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Settlement", "Payment", "Workflows",
        "StoreRecords",
        "StoreSQLite", "StoreTrial", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

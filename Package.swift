// swift-tools-version: 6.2
import PackageDescription

/// CI turns every warning into an error; a person building with a newer compiler is not stopped by one.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]
let settings: [SwiftSetting] = warnings + [.enableUpcomingFeature("ExistentialAny")]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdHTTP2: Target.Dependency = .product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nio = [nioCore] + ["NIOHTTP1", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess: [Target.Dependency] = [
    .product(name: "Subprocess", package: "swift-subprocess"),
    .product(name: "SystemPackage", package: "swift-system"),
]
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "cgid",
    products: [
        .executable(name: "cgid", targets: ["cgid"]),
        .library(name: "AWSCaller", targets: ["AWSCaller"]),
        .library(name: "Chainguard", targets: ["Chainguard"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .target(name: "CTerminalSupport"),

        .target(
            name: "Transport", dependencies: nio + [asn1, asyncHTTPClient, nioExtras, nioSSL, x509],
            swiftSettings: settings),
        .target(name: "AWSCaller", dependencies: ["Transport", crypto], swiftSettings: settings),
        .target(
            name: "Chainguard", dependencies: ["AWSCaller", "Transport", crypto, yams], swiftSettings: settings),
        .target(name: "TerminalUI", swiftSettings: settings),
        .target(
            name: "NcursesTerminal", dependencies: ["CNcurses", "CTerminalSupport", "TerminalUI"],
            swiftSettings: settings),
        .target(
            name: "Screens", dependencies: ["AWSCaller", "Chainguard", "TerminalUI", "Transport"],
            swiftSettings: settings),
        .target(
            name: "Sandbox",
            dependencies: [
                "AWSCaller", "Chainguard", "Transport", asn1, crypto, cryptoExtras, hummingbird, hummingbirdCore,
                hummingbirdHTTP2, jwtKit, logging, nioCore, nioSSL, x509,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "cgid",
            dependencies: [
                "AWSCaller", "CTerminalSupport", "Chainguard", "NcursesTerminal", "Sandbox", "Screens", "TerminalUI",
                "Transport", argumentParser, logging, yams,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "cgid-bench",
            dependencies: [
                "AWSCaller", "CTerminalSupport", "Chainguard", "Sandbox", "Screens", "TerminalUI", "Transport",
            ],
            swiftSettings: settings),

        .target(name: "TestSupport", dependencies: nio, path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(name: "TransportTests", dependencies: ["TestSupport", "Transport"], swiftSettings: settings),
        .testTarget(
            name: "AWSCallerTests", dependencies: ["AWSCaller", "TestSupport", "Transport", crypto],
            swiftSettings: settings),
        .testTarget(
            name: "ChainguardTests", dependencies: ["AWSCaller", "Chainguard", "TestSupport", "Transport", crypto],
            exclude: ["Verdicts.tsv"], swiftSettings: settings),
        .testTarget(
            name: "TerminalUITests", dependencies: ["CTerminalSupport", "TerminalUI", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "NcursesTerminalTests", dependencies: ["CTerminalSupport", "NcursesTerminal", "TerminalUI"],
            swiftSettings: settings),
        .testTarget(
            name: "ScreensTests", dependencies: ["AWSCaller", "Chainguard", "Screens", "TerminalUI", "TestSupport"],
            exclude: ["Goldens"], swiftSettings: settings),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["AWSCaller", "Chainguard", "Sandbox", "TestSupport", "Transport", crypto],
            swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: subprocess + [
                "AWSCaller", "Chainguard", "Sandbox", "TestSupport", "Transport", "cgid", crypto,
            ],
            swiftSettings: settings),
    ]
)

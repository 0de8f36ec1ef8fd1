// swift-tools-version: 6.2
import PackageDescription

// The ladder: a target imports only targets that stand above it. CONTRIBUTING.md explains each rung.

/// Every Swift target: nothing is re-exported by accident, members need their import, `any` is spelled.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Above Autodiff a raw pointer is a compile error, unless its line says `unsafe`.
let safe: [SwiftSetting] =
  common + [.strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error)]

/// The widest vectors that kernels are built for, chosen when a program is loaded; `KERNELS=portable` or
/// `KERNELS=x86-64-v3` in the environment leaves out wider ones, for tests: see `tools/test --kernels`.
let kernels: [CSetting] =
  switch Context.environment["KERNELS"] ?? "" {
  case "": []
  case "x86-64-v3": [.define("WIDEST_KERNELS", to: "3")]
  case "portable": [.define("WIDEST_KERNELS", to: "1")]
  case let other: fatalError("KERNELS is '\(other)'; expected 'x86-64-v3' or 'portable'")
  }

let package = Package(
  name: "swift-translation",
  products: [
    .library(
      name: "Translation",
      targets: ["Translation", "ModelFolders", "Decoding", "Evaluation", "Text", "Tokens", "Files"]),
    .library(
      name: "Training",
      targets: [
        "Training", "ModelFolders", "Corpora", "Models", "Layers", "Autodiff", "Tensors", "Text", "Tokens",
        "Machine", "Files",
      ]),
    .library(
      name: "TrainingSession",
      targets: [
        "TrainingSession", "Recipes", "Training", "Translation", "Decoding", "Evaluation", "ModelFolders",
        "Corpora",
        "Models", "Layers", "Autodiff", "Tensors", "Text", "Tokens", "Files",
      ]),
    .executable(name: "build-vocab", targets: ["build-vocab"]),
    .executable(name: "train-translation", targets: ["train-translation"]),
    .executable(name: "average-checkpoints", targets: ["average-checkpoints"]),
    .executable(name: "translate", targets: ["translate"]),
    .executable(name: "evaluate-translation", targets: ["evaluate-translation"]),
  ],
  targets: [
    // C, for what Swift cannot express: run-time dispatch over vector widths, macros of system headers.
    .target(name: "CKernels", cSettings: kernels),
    .target(name: "CProcessors"),
    .target(
      name: "CICU",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Token ids, and batches of them.
    .target(name: "Tokens", swiftSettings: safe),
    // Numbers as people read them.
    .target(name: "Formatting", swiftSettings: safe),
    // Reading lines, writing files whole or not at all, safetensors.
    .target(name: "Files", dependencies: ["CZlib"], swiftSettings: safe),
    // Threads, pools, processors, memory.
    .target(name: "Machine", dependencies: ["Files", "CProcessors"], swiftSettings: safe),
    // Shapes, memory, matrix products, random numbers.
    .target(name: "Tensors", dependencies: ["COpenBLAS", "CKernels"], swiftSettings: common),
    // Text to token ids and back.
    .target(name: "Text", dependencies: ["Machine", "Files", "Tokens", "CICU"], swiftSettings: safe),
    // The tape: operations with their derivatives.
    .target(
      name: "Autodiff", dependencies: ["Tensors", "Machine", "Tokens", "CKernels"],
      exclude: ["Operations/README.md"],
      swiftSettings: common),
    // Aligned sentence pairs and batches of them.
    .target(name: "Corpora", dependencies: ["Machine", "Files", "Tokens"], swiftSettings: safe),
    // BLEU, chrF, TER.
    .target(name: "Evaluation", dependencies: [], swiftSettings: safe),
    // Attention, feed-forward, embeddings, norms.
    .target(name: "Layers", dependencies: ["Autodiff", "Tensors"], swiftSettings: safe),
    // The Transformer, its configuration and its files.
    .target(
      name: "Models", dependencies: ["Layers", "Autodiff", "Tensors", "Files", "Tokens"], swiftSettings: safe),
    // The names of a model folder's files; the model and its vocabulary read and written together.
    .target(
      name: "ModelFolders", dependencies: ["Models", "Text", "Tensors", "Files", "Tokens"],
      swiftSettings: safe),
    // Greedy search, beam search, sampling; the same of predictions that were made all at once.
    .target(
      name: "Decoding", dependencies: ["Models", "Tensors", "Tokens"], swiftSettings: safe),
    // Text in, text out.
    .target(
      name: "Translation",
      dependencies: ["Decoding", "ModelFolders", "Models", "Text", "Machine", "Files", "Tokens"],
      swiftSettings: safe),
    // Updates, schedules, checkpoints, the log.
    .target(
      name: "Training",
      dependencies: [
        "ModelFolders", "Models", "Corpora", "Autodiff", "Tensors", "Machine", "Files", "Tokens",
      ],
      swiftSettings: safe),
    // The user's own programs: started, waited for, stopped.
    .target(name: "Processes", swiftSettings: safe),
    // Options, help texts, exit codes.
    .target(name: "CommandLineArguments", dependencies: ["Formatting"], swiftSettings: safe),
    // Progress bars and messages on standard error.
    .target(name: "Reporting", dependencies: ["Formatting"], swiftSettings: safe),
    // From a text and a budget to settings: the rules of `--preset auto`.
    .target(
      name: "Recipes",
      dependencies: [
        "Reporting", "Training", "Models", "Layers", "Corpora", "Text", "Tensors", "Machine", "Formatting",
        "Tokens",
      ],
      swiftSettings: safe),

    // A training from text to model folder, as `train-translation` does it.
    .target(
      name: "TrainingSession",
      dependencies: [
        "Recipes", "Processes", "Training", "Translation", "Decoding", "ModelFolders", "Models", "Layers",
        "Evaluation", "Corpora", "Autodiff", "Text", "Tensors", "Machine", "Files", "Formatting", "Tokens",
      ],
      swiftSettings: safe),

    .executableTarget(
      name: "build-vocab",
      dependencies: ["Reporting", "CommandLineArguments", "Text", "Machine", "Files", "Formatting"],
      swiftSettings: safe),
    .executableTarget(
      name: "train-translation",
      dependencies: [
        "TrainingSession", "Recipes", "Reporting", "CommandLineArguments", "Training", "Models", "Formatting",
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "average-checkpoints",
      dependencies: [
        "Reporting", "CommandLineArguments", "Training", "ModelFolders", "Models", "Tensors", "Files",
        "Formatting",
      ],
      swiftSettings: safe),
    .executableTarget(
      name: "translate",
      dependencies: ["Reporting", "CommandLineArguments", "Translation", "Decoding", "Tensors", "Files"],
      swiftSettings: safe),
    .executableTarget(
      name: "evaluate-translation",
      dependencies: ["Reporting", "CommandLineArguments", "Evaluation", "Files", "Formatting"],
      swiftSettings: safe),

    // Programs that use the libraries, as the documentation shows them; not products.
    .executableTarget(
      name: "train-example", dependencies: ["TrainingSession", "Training"],
      path: "Sources/Examples/train-example",
      swiftSettings: safe),
    .executableTarget(
      name: "service-example", dependencies: ["Translation", "Decoding"],
      path: "Sources/Examples/service-example",
      swiftSettings: safe),

    // Tools of the repository, not products.
    .executableTarget(name: "generate-corpus", path: "tools/generate-corpus", swiftSettings: safe),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Reporting", "CommandLineArguments", "Training", "Translation", "Decoding", "Models", "Corpora",
        "Autodiff", "Text", "Tensors", "Machine", "Files", "Formatting", "Tokens",
      ],
      path: "tools/benchmark", exclude: ["README.md"], swiftSettings: common),

    .target(
      name: "TestSupport", dependencies: ["Autodiff", "Tensors"], path: "Tests/TestSupport",
      swiftSettings: common),
    .testTarget(
      name: "TokensTests", dependencies: ["TestSupport", "Tensors", "Tokens"], swiftSettings: common),
    .testTarget(name: "FormattingTests", dependencies: ["Formatting"], swiftSettings: common),
    .testTarget(name: "FilesTests", dependencies: ["Files"], swiftSettings: common),
    .testTarget(name: "MachineTests", dependencies: ["TestSupport", "Machine"], swiftSettings: common),
    .testTarget(
      name: "TensorsTests", dependencies: ["TestSupport", "Tensors", "CKernels"], swiftSettings: common),
    .testTarget(name: "TextTests", dependencies: ["Text", "Tokens"], swiftSettings: common),
    .testTarget(
      name: "AutodiffTests", dependencies: ["TestSupport", "Autodiff", "Tensors", "Tokens"],
      exclude: ["Fixtures"],
      swiftSettings: common),
    .testTarget(
      name: "CorporaTests", dependencies: ["Corpora", "Tensors", "Files", "Tokens"],
      swiftSettings: common),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation"], swiftSettings: common),
    .testTarget(
      name: "LayersTests", dependencies: ["TestSupport", "Layers", "Autodiff", "Tensors"],
      swiftSettings: common),
    .testTarget(
      name: "ModelsTests",
      dependencies: ["TestSupport", "Models", "Layers", "Autodiff", "Tensors", "Files", "Tokens"],
      exclude: ["Fixtures"], swiftSettings: common),
    .testTarget(
      name: "ModelFoldersTests", dependencies: ["ModelFolders", "Models", "Text", "Tensors", "Files"],
      swiftSettings: common),
    .testTarget(
      name: "DecodingTests", dependencies: ["Decoding", "Models", "Layers", "Autodiff", "Tensors", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "TranslationTests",
      dependencies: [
        "Training", "Translation", "Decoding", "ModelFolders", "Models", "Corpora", "Text", "Machine",
        "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "TestSupport", "Training", "Decoding", "Models", "Layers", "Corpora", "Autodiff", "Tensors", "Files",
        "Tokens",
      ],
      exclude: ["Fixtures"], swiftSettings: common),
    .testTarget(name: "ProcessesTests", dependencies: ["TestSupport", "Processes"], swiftSettings: common),
    .testTarget(
      name: "CommandLineArgumentsTests", dependencies: ["CommandLineArguments"], swiftSettings: common),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting"], swiftSettings: common),
    .testTarget(
      name: "RecipesTests",
      dependencies: ["Recipes", "Training", "Models", "Layers", "Text"],
      swiftSettings: common),
    .testTarget(
      name: "TrainingSessionTests",
      dependencies: [
        "TestSupport", "TrainingSession", "Recipes", "Training", "Models", "Layers", "Corpora", "Text",
        "Tensors", "Files", "Tokens",
      ],
      swiftSettings: common),
    // Runs the commands as a user would.
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "build-vocab", "train-translation", "average-checkpoints", "translate", "evaluate-translation",
        "TestSupport",
      ],
      swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)

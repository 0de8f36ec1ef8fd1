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
      targets: [
        "Translation", "Terminology", "ModelFolders", "Decoding", "Evaluation", "Text", "Tokens", "Files",
      ]),
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
    .executable(name: "segment-text", targets: ["segment-text"]),
    .executable(name: "align-text", targets: ["align-text"]),
    .executable(name: "prepare-corpus", targets: ["prepare-corpus"]),
    .executable(name: "train-translation", targets: ["train-translation"]),
    .executable(name: "build-shortlist", targets: ["build-shortlist"]),
    .executable(name: "calibrate-model", targets: ["calibrate-model"]),
    .executable(name: "describe-model", targets: ["describe-model"]),
    .executable(name: "average-checkpoints", targets: ["average-checkpoints"]),
    .executable(name: "quantize-model", targets: ["quantize-model"]),
    .executable(name: "import-model", targets: ["import-model"]),
    .executable(name: "export-model", targets: ["export-model"]),
    .executable(name: "translate", targets: ["translate"]),
    .executable(name: "join-translations", targets: ["join-translations"]),
    .executable(name: "serve-translation", targets: ["serve-translation"]),
    .executable(name: "manage-keys", targets: ["manage-keys"]),
    .executable(name: "convert-corpus", targets: ["convert-corpus"]),
    .executable(name: "check-data", targets: ["check-data"]),
    .executable(name: "evaluate-translation", targets: ["evaluate-translation"]),
  ],
  targets: [
    // Loops, attention and products in C, for each width of vectors. Swift has no such dispatch at run time.
    .target(name: "CKernels", cSettings: kernels),
    // The processors that this process may use. Mapped files, memory given back to the system. Limits.
    .target(name: "CProcessors"),
    // Commands under limits on threads and memory, before Swift starts.
    .target(name: "CStartup", dependencies: ["CProcessors"]),
    // Unicode functions behind a header of our own. Swift does not see ICU's macros.
    .target(
      name: "CICU",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    // SentencePiece behind a C header, so that no target above needs C++.
    .target(
      name: "CSentencePiece",
      linkerSettings: [.linkedLibrary("sentencepiece"), .linkedLibrary("sentencepiece_train")]),
    // Lines edited at a terminal. Swift does not let a program touch libedit's global variables.
    .target(name: "CEdit", linkerSettings: [.linkedLibrary("edit")]),
    // An HTTP/1.1 server on libmicrohttpd. Its functions are variadic, which Swift does not call.
    .target(name: "CHTTPServer", linkerSettings: [.linkedLibrary("microhttpd")]),
    // Messages of OpenMPI, which is loaded when asked for. Swift cannot type what is found then.
    .target(name: "CMPI", linkerSettings: [.linkedLibrary("dl")]),
    // The weights of language identification. Swift cannot embed a file.
    .target(name: "CLanguageModel", exclude: ["languages.bin"]),
    // The page of the translation server, embedded.
    .target(name: "CServerPage", exclude: ["page.html", "page.css", "script"]),
    // Style and script of reports, embedded.
    .target(name: "CReportPage", exclude: ["report.css", "script"]),
    // Matrix products of the system's OpenBLAS.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // Reading and writing gzip by the system's zlib.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Databases by the system's SQLite.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // Digests of secrets by the system's nettle.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    // Parsing XML by the system's expat.
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

    // Token ids, and batches of them.
    .target(name: "Tokens", swiftSettings: safe),
    // Numbers, and the system's error numbers, as people read them.
    .target(name: "Formatting", swiftSettings: safe),
    // Random bits that a seed decides.
    .target(name: "RandomNumbers", swiftSettings: safe),
    // Reading lines, writing files whole or not at all, safetensors.
    .target(name: "Files", dependencies: ["Formatting", "CZlib", "CProcessors"], swiftSettings: safe),
    // Reports as one file of HTML: tables, charts, choices.
    .target(
      name: "HTMLReports", dependencies: ["Files", "Formatting", "CNettle", "CReportPage"],
      swiftSettings: safe),
    // Threads, pools, processors, memory.
    .target(name: "Machine", dependencies: ["Files", "CProcessors"], swiftSettings: safe),
    // Requests and answers of an HTTP server.
    .target(name: "HTTPServer", dependencies: ["Machine", "CHTTPServer"], swiftSettings: safe),
    // Tables in a file that survive crashes.
    .target(name: "SQLite", dependencies: ["Machine", "CSQLite"], swiftSettings: safe),
    // Files of other toolkits, as data.
    .target(name: "ModelFormats", dependencies: ["Files", "CZlib"], swiftSettings: safe),
    // Links between words and their translations.
    .target(name: "WordAlignment", dependencies: ["Machine", "Tokens"], swiftSettings: safe),
    // Shapes, memory, matrix products, random numbers.
    .target(
      name: "Tensors", dependencies: ["RandomNumbers", "COpenBLAS", "CKernels"], swiftSettings: common),
    // Processes that exchange messages.
    .target(
      name: "ProcessGroups", dependencies: ["Tensors", "Machine", "CMPI"], swiftSettings: common),
    // Text to token ids and back.
    .target(
      name: "Text", dependencies: ["Machine", "Files", "Tokens", "CICU", "CSentencePiece"],
      swiftSettings: safe),
    // What language a text is in.
    .target(
      name: "LanguageIdentification",
      dependencies: ["CICU", "CLanguageModel", "Files", "Machine", "RandomNumbers"], swiftSettings: safe),
    // Files of translators: reading their units, filling in.
    .target(
      name: "CorpusFormats", dependencies: ["Text", "ModelFormats", "Files", "Formatting", "CExpat"],
      swiftSettings: safe),
    // The tape: operations with their derivatives.
    .target(
      name: "Autodiff", dependencies: ["Tensors", "Machine", "Tokens", "CKernels"],
      exclude: ["Operations/README.md"],
      swiftSettings: common),
    // Aligned sentence pairs and batches of them.
    .target(
      name: "Corpora", dependencies: ["Machine", "Files", "RandomNumbers", "Tokens"], swiftSettings: safe),
    // Corpora larger than memory, as shards of token ids.
    .target(
      name: "CorpusShards",
      dependencies: [
        "Corpora", "Text", "Machine", "Files", "Formatting", "RandomNumbers", "Tokens", "CZlib",
      ],
      swiftSettings: safe),
    // BLEU, chrF, TER.
    .target(
      name: "Evaluation", dependencies: ["Text", "Machine", "Files", "Formatting"], swiftSettings: safe),
    // Pages on how good translations are.
    .target(
      name: "EvaluationReports", dependencies: ["Evaluation", "HTMLReports", "Files", "Formatting"],
      swiftSettings: safe),
    // Attention, feed-forward, embeddings, norms.
    .target(name: "Layers", dependencies: ["Autodiff", "Tensors"], swiftSettings: safe),
    // The Transformer, its configuration and its files.
    .target(
      name: "Models", dependencies: ["Layers", "Autodiff", "Tensors", "Files", "Tokens"], swiftSettings: safe),
    // What probabilities of a model are worth.
    .target(name: "Confidence", swiftSettings: safe),
    // Model folders: the names, reading and writing of their files. A model and its vocabulary belong together.
    .target(
      name: "ModelFolders",
      dependencies: [
        "Models", "Text", "Confidence", "Tensors", "ModelFormats", "Machine", "Files", "Tokens",
      ],
      swiftSettings: safe),
    // Word alignments of files, and the lexical shortlists made of them.
    .target(
      name: "TextAlignment",
      dependencies: [
        "ModelFolders", "Models", "Corpora", "Text", "WordAlignment", "ModelFormats", "Machine", "Files",
        "Tokens",
      ],
      swiftSettings: safe),
    // Faults of parallel text, found before hours of training.
    .target(
      name: "DataChecks",
      dependencies: [
        "LanguageIdentification", "Text", "WordAlignment", "Machine", "Files", "Formatting", "Tokens",
      ],
      swiftSettings: safe),
    // Models of other toolkits, in and out.
    .target(
      name: "ModelConversion",
      dependencies: [
        "ModelFolders", "Models", "Layers", "Text", "Tensors", "ModelFormats", "Files", "Formatting",
        "RandomNumbers", "Tokens",
      ],
      swiftSettings: safe),
    // Greedy search, beam search, sampling. Searches of non-autoregressive models.
    .target(
      name: "Decoding", dependencies: ["Models", "Tensors", "ModelFormats", "RandomNumbers", "Tokens"],
      swiftSettings: safe),
    // Glossaries: finding terms in text, and checking translations.
    .target(name: "Terminology", dependencies: ["CorpusFormats", "Text", "Files"], swiftSettings: safe),
    // Text in, text out.
    .target(
      name: "Translation",
      dependencies: [
        "Decoding", "Terminology", "Confidence", "ModelFolders", "Models", "Evaluation", "Text", "Tensors",
        "ModelFormats", "Machine", "Files",
        "Formatting",
        "Tokens",
      ],
      swiftSettings: safe),
    // Parts of huge texts for many processes. Their lines and records, and how they are joined.
    .target(
      name: "TranslationShards", dependencies: ["ModelFolders", "Files", "CNettle"], swiftSettings: safe),
    // What a translation server answers.
    .target(
      name: "Serving",
      dependencies: [
        "Translation", "Decoding", "ModelFolders", "CorpusFormats", "LanguageIdentification",
        "Terminology", "Text", "SQLite", "HTTPServer", "Machine", "Files", "CNettle", "CServerPage",
      ],
      swiftSettings: safe),
    // Files that TensorBoard reads, and a table of the same numbers.
    .target(name: "TensorBoardEvents", dependencies: ["Files", "Formatting"], swiftSettings: safe),
    // Updates, schedules, checkpoints, the log.
    .target(
      name: "Training",
      dependencies: [
        "ModelFolders", "Models", "Corpora", "Autodiff", "Tensors", "Machine", "Files", "Formatting",
        "Tokens",
      ],
      swiftSettings: safe),
    // Training in several processes.
    .target(
      name: "DistributedTraining", dependencies: ["Training", "ProcessGroups", "Tensors", "Machine"],
      swiftSettings: safe),
    // A page about a training: curves, attention, samples.
    .target(
      name: "TrainingReport",
      dependencies: [
        "Training", "Decoding", "ModelFolders", "Confidence", "Models", "Text", "HTMLReports", "Machine",
        "Files", "Formatting", "Tokens",
      ],
      swiftSettings: safe),
    // The user's own programs: started, waited for, stopped.
    .target(name: "Processes", dependencies: ["Formatting"], swiftSettings: safe),
    // Options, help texts, exit codes.
    .target(
      name: "CommandLineArguments", dependencies: ["Files", "Formatting", "CStartup"], swiftSettings: safe),
    // Progress bars and messages on standard error, and a prompt.
    .target(name: "Reporting", dependencies: ["Formatting", "Machine", "CEdit"], swiftSettings: safe),
    // Rules of `--preset auto`: from a text and a budget to settings.
    .target(
      name: "Recipes",
      dependencies: [
        "Training", "Models", "Layers", "Corpora", "Text", "Tensors", "Machine", "Formatting", "Tokens",
      ],
      swiftSettings: safe),
    // How sure a model is; which heads align words.
    .target(
      name: "ModelCalibration",
      dependencies: [
        "Translation", "Decoding", "Confidence", "TextAlignment", "ModelFolders", "Models", "Text",
        "WordAlignment",
        "Machine", "Files", "Tokens",
      ],
      swiftSettings: safe),
    // From text to model folder, as `train-translation` does it.
    .target(
      name: "TrainingSession",
      dependencies: [
        "Recipes", "Processes", "DistributedTraining", "ProcessGroups", "TrainingReport", "Training",
        "TensorBoardEvents", "ModelCalibration", "Translation", "Decoding", "Confidence",
        "TextAlignment", "ModelFolders", "Models", "Layers", "Evaluation", "CorpusShards", "Corpora",
        "Autodiff", "CorpusFormats", "Text", "WordAlignment", "Tensors", "ModelFormats", "Machine", "Files",
        "Formatting",
        "Tokens",
      ],
      swiftSettings: safe),

    // What a model is, and what it costs.
    .target(
      name: "ModelDescription",
      dependencies: [
        "Training", "Decoding", "ModelFolders", "Models", "Layers", "Corpora", "Autodiff", "Text", "Tensors",
        "Machine", "Files", "Tokens",
      ],
      swiftSettings: safe),
    // A page about a model: what it is, what it costs, how it was trained.
    .target(
      name: "ModelReport",
      dependencies: ["ModelDescription", "TrainingReport", "HTMLReports", "Files", "Formatting"],
      swiftSettings: safe),
    // The options of training, for the commands that have them.
    .target(
      name: "TrainingOptions",
      dependencies: ["CommandLineArguments", "TrainingSession", "Training", "Models", "Formatting"],
      swiftSettings: safe),

    // Learns subwords and writes the vocabulary.
    .executableTarget(
      name: "build-vocab",
      dependencies: [
        "Reporting", "CommandLineArguments", "CorpusFormats", "Text", "Machine", "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Splits text into words and subwords, or restores it.
    .executableTarget(
      name: "segment-text",
      dependencies: ["Reporting", "CommandLineArguments", "Text", "Machine", "Files", "Formatting"],
      swiftSettings: safe),
    // Links the words of a text with those of its translation.
    .executableTarget(
      name: "align-text",
      dependencies: [
        "Reporting", "CommandLineArguments", "TextAlignment", "WordAlignment", "Text", "Machine", "Files",
        "Formatting",
      ],
      swiftSettings: safe),
    // Writes text larger than memory as shards.
    .executableTarget(
      name: "prepare-corpus",
      dependencies: [
        "Reporting", "CommandLineArguments", "CorpusShards", "Text", "Machine", "Formatting",
      ],
      swiftSettings: safe),
    // Trains a model: options and display.
    .executableTarget(
      name: "train-translation",
      dependencies: [
        "TrainingSession", "TrainingOptions", "ModelConversion", "Recipes", "Reporting",
        "CommandLineArguments", "Training", "Formatting",
      ],
      swiftSettings: safe),
    // Makes the lexical shortlist of a model.
    .executableTarget(
      name: "build-shortlist",
      dependencies: [
        "Reporting", "CommandLineArguments", "TextAlignment", "ModelFolders", "ModelFormats", "Machine",
        "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Learns what a model's probabilities are worth.
    .executableTarget(
      name: "calibrate-model",
      dependencies: [
        "Reporting", "CommandLineArguments", "ModelCalibration", "ModelFolders", "Confidence", "Machine",
        "Files",
        "Formatting",
      ],
      swiftSettings: safe),
    // Describes a model: parameters, arithmetic, memory, speed.
    .executableTarget(
      name: "describe-model",
      dependencies: [
        "Reporting", "CommandLineArguments", "TrainingOptions", "TrainingSession", "ModelDescription",
        "ModelReport", "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Averages checkpoints into one model.
    .executableTarget(
      name: "average-checkpoints",
      dependencies: [
        "Reporting", "CommandLineArguments", "Training", "ModelFolders", "Models", "Tensors", "Files",
        "Formatting",
      ],
      swiftSettings: safe),
    // Rounds the weights of a model to 8 or 16 bits.
    .executableTarget(
      name: "quantize-model",
      dependencies: [
        "Reporting", "CommandLineArguments", "ModelFolders", "Models", "Tensors", "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Makes a model folder from a model of another toolkit.
    .executableTarget(
      name: "import-model",
      dependencies: [
        "Reporting", "CommandLineArguments", "ModelConversion", "Translation", "ModelFolders", "Text",
        "Files",
      ],
      swiftSettings: safe),
    // Writes a model folder in the format of another toolkit.
    .executableTarget(
      name: "export-model",
      dependencies: ["Reporting", "CommandLineArguments", "ModelConversion", "ModelFolders", "Files"],
      swiftSettings: safe),
    // Translates text line by line.
    .executableTarget(
      name: "translate",
      dependencies: [
        "Reporting", "CommandLineArguments", "Translation", "TranslationShards", "Decoding", "CorpusFormats",
        "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Checks and joins the parts of a huge translation.
    .executableTarget(
      name: "join-translations",
      dependencies: ["Reporting", "CommandLineArguments", "TranslationShards", "Files", "Formatting"],
      swiftSettings: safe),
    // Translates for other programs, over HTTP.
    .executableTarget(
      name: "serve-translation",
      dependencies: [
        "Reporting", "CommandLineArguments", "Serving", "HTTPServer", "Translation", "Decoding", "Files",
        "Formatting",
      ],
      swiftSettings: safe),
    // Makes and removes the keys of a translation server.
    .executableTarget(
      name: "manage-keys",
      dependencies: ["Reporting", "CommandLineArguments", "Serving", "Formatting"],
      swiftSettings: safe),
    // Turns files of translators into parallel text.
    .executableTarget(
      name: "convert-corpus",
      dependencies: ["Reporting", "CommandLineArguments", "CorpusFormats", "Files", "Formatting"],
      swiftSettings: safe),
    // Looks for faults in parallel text.
    .executableTarget(
      name: "check-data",
      dependencies: [
        "Reporting", "CommandLineArguments", "DataChecks", "Text", "Machine", "Files", "Formatting",
      ],
      swiftSettings: safe),
    // Scores translations by BLEU, chrF and TER.
    .executableTarget(
      name: "evaluate-translation",
      dependencies: [
        "Reporting", "CommandLineArguments", "EvaluationReports", "Evaluation", "Machine", "Files",
        "Formatting",
      ],
      swiftSettings: safe),

    // The documentation's program that trains. Not a product.
    .executableTarget(
      name: "train-example", dependencies: ["TrainingSession", "Training"],
      path: "Sources/Examples/train-example",
      swiftSettings: safe),
    // The documentation's program that translates for many callers. Not a product.
    .executableTarget(
      name: "service-example", dependencies: ["Translation", "Decoding"],
      path: "Sources/Examples/service-example",
      swiftSettings: safe),

    // Measures every part of the package. A tool of the repository, not a product.
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Reporting", "CommandLineArguments", "Training", "Translation", "Decoding", "Models", "Layers",
        "Corpora",
        "Autodiff", "Text", "Tensors", "Machine", "Files", "Formatting", "Tokens",
      ],
      path: "tools/benchmark", exclude: ["README.md"], swiftSettings: common),
    // Trains the weights of language identification. A tool of the repository, not a product.
    .executableTarget(
      name: "train-language-identifier",
      dependencies: [
        "Reporting", "CommandLineArguments", "CorpusFormats", "LanguageIdentification", "Machine", "Files",
        "Formatting",
      ],
      path: "tools/language-identification", exclude: ["README.md"], swiftSettings: safe),

    // What tests of several targets share.
    .target(
      name: "TestSupport", dependencies: ["ProcessGroups", "Autodiff", "Tensors"], path: "Tests/TestSupport",
      swiftSettings: common),
    // SentencePiece's library, with which tests compare our encoding.
    .target(
      name: "SentencePieceLibrary", path: "Tests/SentencePieceLibrary",
      linkerSettings: [.linkedLibrary("sentencepiece")]),
    .testTarget(
      name: "TokensTests", dependencies: ["TestSupport", "Tensors", "Tokens"], swiftSettings: common),
    .testTarget(name: "FormattingTests", dependencies: ["Formatting"], swiftSettings: common),
    .testTarget(name: "RandomNumbersTests", dependencies: ["RandomNumbers"], swiftSettings: common),
    .testTarget(name: "FilesTests", dependencies: ["Files", "RandomNumbers"], swiftSettings: common),
    .testTarget(
      name: "HTMLReportsTests", dependencies: ["HTMLReports", "CExpat", "Files"], swiftSettings: common),
    .testTarget(name: "MachineTests", dependencies: ["TestSupport", "Machine"], swiftSettings: common),
    .testTarget(
      name: "HTTPServerTests", dependencies: ["TestSupport", "HTTPServer", "Machine"], swiftSettings: common),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"], swiftSettings: common),
    .testTarget(
      name: "ModelFormatsTests", dependencies: ["ModelFormats", "Files", "RandomNumbers"],
      swiftSettings: common),
    .testTarget(
      name: "ConfidenceTests", dependencies: ["Confidence", "RandomNumbers"], swiftSettings: common),
    .testTarget(
      name: "WordAlignmentTests", dependencies: ["WordAlignment", "RandomNumbers", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "TensorsTests", dependencies: ["TestSupport", "Tensors", "CKernels"], swiftSettings: common),
    .testTarget(
      name: "TextTests",
      dependencies: ["SentencePieceLibrary", "Text", "Machine", "RandomNumbers", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "LanguageIdentificationTests",
      dependencies: ["LanguageIdentification", "Files", "RandomNumbers"],
      swiftSettings: common),
    .testTarget(
      name: "CorpusFormatsTests", dependencies: ["CorpusFormats", "ModelFormats", "Files", "RandomNumbers"],
      swiftSettings: common),
    .testTarget(
      name: "AutodiffTests", dependencies: ["TestSupport", "Autodiff", "Tensors", "Tokens"],
      exclude: ["Fixtures"],
      swiftSettings: common),
    .testTarget(
      name: "CorporaTests", dependencies: ["Corpora", "Tensors", "Files", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "CorpusShardsTests",
      dependencies: ["TestSupport", "CorpusShards", "Corpora", "Text", "RandomNumbers", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "EvaluationTests", dependencies: ["TestSupport", "Evaluation"], swiftSettings: common),
    .testTarget(
      name: "EvaluationReportsTests", dependencies: ["EvaluationReports", "Evaluation", "HTMLReports"],
      swiftSettings: common),
    .testTarget(
      name: "LayersTests", dependencies: ["TestSupport", "Layers", "Autodiff", "Tensors"],
      swiftSettings: common),
    .testTarget(
      name: "ModelsTests",
      dependencies: ["TestSupport", "Models", "Layers", "Autodiff", "Tensors", "Files", "Tokens"],
      exclude: ["Fixtures"], swiftSettings: common),
    .testTarget(
      name: "ModelFoldersTests",
      dependencies: ["ModelFolders", "Models", "Text", "Tensors", "Files", "Tokens"],
      swiftSettings: common),
    .testTarget(
      name: "ModelCalibrationTests",
      dependencies: [
        "ModelCalibration", "Decoding", "Models", "Layers", "Tensors", "WordAlignment", "RandomNumbers",
        "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "TextAlignmentTests",
      dependencies: [
        "TextAlignment", "WordAlignment", "Corpora", "Text", "ModelFormats", "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "DataChecksTests", dependencies: ["TestSupport", "DataChecks", "RandomNumbers", "Files"],
      swiftSettings: common),
    .testTarget(
      name: "ModelConversionTests",
      dependencies: [
        "TestSupport", "ModelConversion", "ModelFolders", "ModelFormats", "Models", "Layers", "Autodiff",
        "Text",
        "Tensors", "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "DecodingTests",
      dependencies: [
        "Decoding", "Models", "ModelFormats", "Layers", "Autodiff", "Tensors", "RandomNumbers", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "TerminologyTests", dependencies: ["Terminology", "Text", "Files"], swiftSettings: common),
    .testTarget(
      name: "TranslationShardsTests", dependencies: ["TestSupport", "TranslationShards", "Files"],
      swiftSettings: common),
    .testTarget(
      name: "TranslationTests",
      dependencies: [
        "Training", "Translation", "Decoding", "Terminology", "ModelFolders", "Models", "Evaluation",
        "Corpora", "Text", "Machine", "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "ServingTests",
      dependencies: [
        "TestSupport", "Serving", "SQLite", "HTTPServer", "Translation", "Decoding", "Models", "ModelFormats",
        "Text", "Machine", "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "TensorBoardEventsTests", dependencies: ["TestSupport", "TensorBoardEvents", "Files"],
      swiftSettings: common),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "TestSupport", "Training", "Decoding", "Models", "Layers", "Corpora", "Autodiff", "Tensors", "Files",
        "Tokens",
      ],
      exclude: ["Fixtures"], swiftSettings: common),
    .testTarget(
      name: "DistributedTrainingTests",
      dependencies: [
        "TestSupport", "DistributedTraining", "ProcessGroups", "Training", "Models", "Corpora", "Tensors",
        "RandomNumbers", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "ProcessGroupsTests", dependencies: ["TestSupport", "ProcessGroups"], swiftSettings: common),
    .testTarget(
      name: "TrainingReportTests", dependencies: ["TestSupport", "TrainingReport", "Training", "Files"],
      swiftSettings: common),
    .testTarget(name: "ProcessesTests", dependencies: ["TestSupport", "Processes"], swiftSettings: common),
    .testTarget(
      name: "CommandLineArgumentsTests", dependencies: ["CommandLineArguments", "Formatting"],
      swiftSettings: common),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting"], swiftSettings: common),
    .testTarget(
      name: "RecipesTests",
      dependencies: ["Recipes", "Training", "Models", "Layers", "Tensors", "Text"],
      swiftSettings: common),
    .testTarget(
      name: "TrainingSessionTests",
      dependencies: [
        "TestSupport", "TrainingSession", "Recipes", "DistributedTraining", "ProcessGroups", "Training",
        "Models", "Layers", "Evaluation", "CorpusShards", "Corpora",
        "Text", "Tensors", "Files", "Tokens",
      ],
      swiftSettings: common),
    .testTarget(
      name: "TrainingOptionsTests",
      dependencies: ["TrainingOptions", "TrainingSession", "CommandLineArguments", "Models"],
      swiftSettings: common),
    .testTarget(
      name: "ModelReportTests",
      dependencies: ["ModelReport", "HTMLReports", "ModelDescription", "Models", "Files"],
      swiftSettings: common),
    .testTarget(
      name: "ModelDescriptionTests",
      dependencies: [
        "ModelDescription", "Training", "Models", "Layers", "Autodiff", "Tensors", "Files", "Tokens",
      ],
      swiftSettings: common),
    // Runs the commands as a user would.
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "build-vocab", "segment-text", "align-text", "train-translation", "build-shortlist",
        "calibrate-model", "describe-model", "average-checkpoints", "quantize-model",
        "import-model", "export-model", "translate", "join-translations", "convert-corpus",
        "prepare-corpus", "check-data", "evaluate-translation",
        "TestSupport",
        "TrainingSession", "Training",
      ],
      swiftSettings: common),
  ],
  swiftLanguageModes: [.v6]
)

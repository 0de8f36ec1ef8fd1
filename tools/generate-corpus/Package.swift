// swift-tools-version: 6.2
import PackageDescription

// A package of its own: users of the toolkit need its text, not the grammar that makes it.

let package = Package(
  name: "generate-corpus",
  targets: [
    // Writes the text in corpora/.
    .executableTarget(
      name: "generate-corpus", path: ".",
      sources: [
        "GenerateCorpus.swift", "Options.swift", "Constructions", "Corpus", "Lexicon", "Meaning",
        "Morphology",
        "Realization",
      ],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
        .strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error),
      ])
  ]
)

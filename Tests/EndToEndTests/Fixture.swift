import Foundation
import Glibc
import TestSupport
import Testing

/// A small generated corpus, its vocabulary, and a model trained on it briefly: made once for all tests.
///
/// Tests must not change it; a test that damages a model uses a ``copyOfModel()``.
final class Fixture: Sendable {
  /// The shared fixture; if making it fails, every test that uses it fails.
  static func shared() throws -> Fixture { try made.get() }
  private static let made = Result { try Fixture() }

  let folder: TemporaryFolder

  private init() throws {
    folder = try TemporaryFolder()
    // The fixture lives until the process ends, so it must be removed at exit.
    atexit {
      if let path = try? Fixture.made.get().folder.path { try? FileManager.default.removeItem(atPath: path) }
    }
    try write(Self.pairs(400, from: 0), "train")
    try write(Self.pairs(24, from: 400), "valid")
    try expectSuccess(Command.buildVocab.run(vocabularyArguments(output: vocabulary)))
    try expectSuccess(Command.trainTranslation.run(trainingArguments(model: model, updates: 60)))
  }

  var vocabulary: String { folder("vocab") }
  var model: String { folder("model") }
  var trainSource: String { folder("train.en") }
  var trainTarget: String { folder("train.de") }
  var validSource: String { folder("valid.en") }
  var validTarget: String { folder("valid.de") }

  /// The English lines of the validation text.
  func sentences() throws -> [String] {
    try String(contentsOfFile: validSource, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  func vocabularyArguments(output: String) -> [String] {
    [
      "--source", trainSource, "--target", trainTarget, "--output", output, "--merges", "60",
      "--source-language", "en", "--target-language", "de", "--span-tokens", "0",
    ]
  }

  /// A model so small that an update takes milliseconds, with dropout on.
  func trainingArguments(model: String, updates: Int) -> [String] {
    [
      "--vocab", vocabulary, "--train-source", trainSource, "--train-target", trainTarget,
      "--valid-source", validSource, "--valid-target", validTarget, "--model", model,
      "--preset", "tiny", "--encoder-layers", "1", "--decoder-layers", "1", "--size", "32",
      "--inner-size", "64", "--heads", "2", "--batch-tokens", "512", "--learning-rate", "0.01",
      "--warmup", "20", "--shards", "2", "--threads", "2", "--validate-every", "30", "--log-every", "10",
      "--max-updates", "\(updates)",
    ]
  }

  /// A model folder for the caller to change.
  func copyOfModel() throws -> TemporaryFolder {
    let copy = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: model) where name != "checkpoints" {
      try FileManager.default.copyItem(atPath: "\(model)/\(name)", toPath: copy(name))
    }
    return copy
  }

  private func write(_ pairs: [(String, String)], _ name: String) throws {
    for (lines, language) in [(pairs.map(\.0), "en"), (pairs.map(\.1), "de")] {
      try (lines.joined(separator: "\n") + "\n").write(
        toFile: folder("\(name).\(language)"), atomically: false, encoding: .utf8)
    }
  }

  /// Sentences of a toy grammar: every number is a different sentence.
  static func pairs(_ count: Int, from first: Int) -> [(String, String)] {
    let people = [
      ("The man", "Der Mann"), ("The woman", "Die Frau"), ("A child", "Ein Kind"), ("Anna", "Anna"),
    ]
    let verbs = [
      ("sees", "sieht"), ("hears", "hört"), ("looks for", "sucht"), ("finds", "findet"), ("paints", "malt"),
    ]
    let colors = [("old", "alt"), ("small", "klein"), ("green", "grün"), ("beautiful", "schön")]
    let things = [
      ("house", "Haus"), ("horse", "Pferd"), ("boat", "Boot"), ("book", "Buch"), ("picture", "Bild"),
      ("glass", "Glas"), ("bed", "Bett"),
    ]
    return (first..<first + count).map { number in
      // 37 is coprime to the number of sentences, so that neighbors differ in all words.
      var rest = number * 37 % (people.count * verbs.count * colors.count * things.count)
      func next<Word>(_ words: [Word]) -> Word {
        defer { rest /= words.count }
        return words[rest % words.count]
      }
      let (person, verb, color, thing) = (next(people), next(verbs), next(colors), next(things))
      return (
        "\(person.0) \(verb.0) the \(color.0) \(thing.0).",
        "\(person.1) \(verb.1) das \(color.1)e \(thing.1)."
      )
    }
  }
}

/// Records a failure with the command's messages unless it succeeded.
func expectSuccess(_ outcome: Command.Outcome, sourceLocation: SourceLocation = #_sourceLocation) throws {
  try #require(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
}

/// Expects a failure that is reported properly: the exit code, one message that starts with the command's name and
/// contains all the words, and no sign of a crash.
func expectFailure(
  _ outcome: Command.Outcome, _ command: Command, status: Int32 = 1, saying words: [String],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
  #expect(
    outcome.errors.split(separator: "\n").contains { $0.hasPrefix("\(command.rawValue): ") },
    "\(outcome.errors)", sourceLocation: sourceLocation)
  for word in words {
    #expect(
      outcome.errors.contains(word), "no '\(word)' in: \(outcome.errors)", sourceLocation: sourceLocation)
  }
  for crash in ["Fatal error", "Swift runtime failure", "Stack dump"] {
    #expect(!outcome.errors.contains(crash), sourceLocation: sourceLocation)
  }
}

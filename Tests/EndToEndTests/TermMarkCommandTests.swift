import Foundation
import TestSupport
import Testing

/// Trained terminology from a text to translations.
@Suite struct TermMarkCommandTests {
  private let folder: TemporaryFolder

  /// Text in which a word has two translations, and nothing says which one a sentence has.
  init() throws {
    folder = try TemporaryFolder()
    let people = [("Anna", "Anna"), ("Peter", "Peter"), ("The man", "Der Mann"), ("A child", "Ein Kind")]
    let verbs = [("sees", "sieht"), ("hears", "hört"), ("finds", "findet"), ("paints", "malt")]
    let things = [
      ("horse", "Pferd"), ("boat", "Boot"), ("book", "Buch"), ("bed", "Bett"), ("picture", "Bild"),
      ("glass", "Glas"), ("knife", "Messer"), ("window", "Fenster"), ("field", "Feld"), ("house", "Haus"),
      ("sign", "Schild"),
    ]
    let pairs = (0..<400).map { number in
      let (person, verb, thing) = (people[number % 4], verbs[number / 4 % 4], things[number * 7 % 11])
      let isOther = (number * 2_654_435_761) >> 7 & 1 == 1
      let target = thing.1 == "Haus" && isOther ? "Heim" : thing.1
      return ("\(person.0) \(verb.0) the \(thing.0).", "\(person.1) \(verb.1) das \(target).")
    }
    for (lines, name) in [
      (pairs.map(\.0), "train.en"), (pairs.map(\.1), "train.de"),
      (pairs.prefix(24).map(\.0), "valid.en"), (pairs.prefix(24).map(\.1), "valid.de"),
    ] { try write(lines.joined(separator: "\n") + "\n", name) }
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: folder(name), atomically: false, encoding: .utf8)
  }

  private func train(_ options: [String]) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      [
        "--train-source", folder("train.en"), "--train-target", folder("train.de"), "--valid-source",
        folder("valid.en"), "--valid-target", folder("valid.de"), "--batch-tokens", "512", "--learning-rate",
        "0.01", "--warmup", "20", "--threads", "2", "--shards", "2", "--model", folder("model"),
      ] + options)
  }

  /// How many of some lines have a word, with a glossary that says so.
  private func count(_ word: String, _ options: [String] = []) throws -> Int {
    try write("house\t\(word)\n", "terms.tsv")
    let lines = (0..<20).map { number in
      "\(["Anna", "The man", "Peter"][number % 3]) \(["sees", "paints"][number / 3 % 2]) the house."
    }
    let outcome = try Command.translate.run(
      ["--model", folder("model"), "--glossary", folder("terms.tsv")] + options,
      text: lines.joined(separator: "\n") + "\n")
    try expectSuccess(outcome)
    return outcome.lines.count { $0.contains(word) }
  }

  @Test func aModelUsesWhatTheGlossarySays() throws {
    let vocabulary = try Command.buildVocab.run([
      "--source", folder("train.en"), "--target", folder("train.de"), "--output", folder("vocab"),
      "--merges", "60", "--source-language", "en", "--target-language", "de", "--term-marks",
    ])
    try expectSuccess(vocabulary)
    #expect(vocabulary.errors.contains("for terms   <term> <as> </term>"))
    let trained = try train([
      "--vocab", folder("vocab"), "--preset", "tiny", "--encoder-layers", "1", "--decoder-layers", "1",
      "--size", "32", "--inner-size", "64", "--heads", "2", "--max-updates", "400", "--validate-every", "200",
      "--annotate-terms", "0.5",
    ])
    try expectSuccess(trained)
    #expect(trained.errors.contains("in 50 % of the pairs, the source has translations"))
    for word in ["Haus", "Heim"] {
      #expect(try count(word, ["--glossary-use", "annotate", "--beam", "1"]) >= 18, "\(word)")
      #expect(try count(word) == 20, "\(word)")
    }
    // What was read is no word: the links are between the five words of both sides.
    let outcome = try Command.translate.run(
      ["--model", folder("model"), "--glossary", folder("terms.tsv"), "--alignment", "hard"],
      text: "Anna sees the house.\n")
    try expectSuccess(outcome)
    let parts = outcome.output.components(separatedBy: " ||| ")
    #expect(parts[0].contains("Heim") && !parts[0].contains("<"))
    let links = parts[1].split(whereSeparator: \.isWhitespace).map { link in
      link.split(separator: "-").map { Int($0) ?? 99 }
    }
    #expect(links.contains([3, 3]) && links.allSatisfy { $0[0] < 5 && $0[1] < 5 }, "\(parts[1])")
  }

  @Test func modelsWithoutMarksSaySo() throws {
    let fixture = try Fixture.shared()
    try write("house\tHeim\n", "terms.tsv")
    expectFailure(
      try Command.translate.run(
        ["--model", fixture.model, "--glossary", folder("terms.tsv"), "--glossary-use", "annotate"],
        text: "a\n"),
      .translate, status: 1, saying: ["--annotate-terms", "--glossary-use"])
    expectFailure(
      try train(["--vocab", fixture.vocabulary, "--annotate-terms", "0.2"]), .trainTranslation, status: 64,
      saying: ["--term-marks", "--extend-terms"])
    expectFailure(
      try train(["--initialize-from", fixture.model, "--extend-terms"]), .trainTranslation, status: 64,
      saying: ["--annotate-terms"])
    let later = try train([
      "--initialize-from", fixture.model, "--extend-terms", "--annotate-terms", "0.3", "--max-updates", "5",
    ])
    try expectSuccess(later)
    #expect(later.errors.contains("<term> <as> </term>"))
    #expect(try count("Heim", ["--glossary-use", "both"]) > 15)
  }
}

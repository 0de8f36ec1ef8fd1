import Foundation
import TestSupport
import Testing

/// From a teacher to a student for Firefox, and the steps on the way by themselves.
@Suite struct StudentTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws {
    (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    try expectSuccess(
      Command.buildVocab.run([
        "--source", fixture.trainSource, "--target", fixture.trainTarget, "--output", folder("pieces"),
        "--segmentation", "sentencepiece", "--vocab-size", "80",
      ]))
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func weights(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder("\(name)/model.safetensors")))
  }

  /// A student that is smaller than the preset, of the fixture's teacher.
  private func train(_ name: String, _ options: [String] = [], updates: Int = 40) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      [
        "--preset", "student", "--vocab", folder("pieces"), "--distill-from", fixture.model, "--distill-beam",
        "1",
        "--distill-with-original",
        "--train-source", fixture.trainSource, "--train-target", fixture.trainTarget, "--valid-source",
        fixture.validSource, "--valid-target", fixture.validTarget, "--model", folder(name),
        "--encoder-layers", "1",
        "--size", "32", "--inner-size", "64", "--heads", "2", "--batch-tokens", "512", "--learning-rate",
        "0.01",
        "--warmup", "20", "--shards", "2", "--threads", "2", "--validate-every", "20", "--log-every", "10",
        "--max-updates", "\(updates)",
      ] + options)
  }

  @Test func aTeacherBecomesAStudentForFirefox() throws {
    try expectSuccess(try train("whole", ["--export-bergamot", folder("firefox")]))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("firefox"))
    #expect(Set(names) == ["model.intgemm8.bin", "vocab.spm", "lex.s2t.bin", "config.yml"])
    // Distilled and given translations are both aligned.
    for number in 1...2 {
      let links = try text(folder("whole/aligned/\(number).txt")).split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(links.count == 401 && links.count { $0.hasPrefix("0-0") } > 200, "\(links.prefix(3))")
    }
    let manifest = try jsonObject(folder("whole/training.json"))
    let aligned = try #require(manifest["aligned"] as? [String: Any])
    #expect(aligned["pairs"] as? Int == 800)
    #expect((manifest["regularization"] as? [String: Double])?["guided_alignment"] == 0.1)
    // The same with an interruption: alignments are used again, and the weights have the same bits.
    try expectSuccess(try train("model", updates: 7))
    let resumed = try train("model", ["--resume"])
    try expectSuccess(resumed)
    #expect(
      resumed.errors.contains("using the word alignments in '\(folder("model/aligned"))'"),
      "\(resumed.errors)")
    #expect(try weights("model") == weights("whole"))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder("model/lex.s2t.bin")))
        == Data(contentsOf: URL(fileURLWithPath: folder("firefox/lex.s2t.bin"))))
    // Damaged alignments are made again.
    let links = try text(folder("model/aligned/1.txt"))
    try "0-0\n".write(toFile: folder("model/aligned/1.txt"), atomically: true, encoding: .utf8)
    let repaired = try train("model", ["--resume"], updates: 41)
    try expectSuccess(repaired)
    #expect(!repaired.errors.contains("using the word alignments"), "\(repaired.errors)")
    #expect(try text(folder("model/aligned/1.txt")) == links)
    // Firefox's files come back, and rounding keeps the shortlist.
    try expectSuccess(Command.importModel.run([folder("firefox"), "--output", folder("back")]))
    try expectSuccess(Command.quantizeModel.run(["--model", folder("whole"), "--output", folder("int8")]))
    for name in ["whole", "back", "int8"] {
      let arguments = ["--model", folder(name), "--input", fixture.validSource]
      let translated = try Command.translate.run(arguments)
      try expectSuccess(translated)
      #expect(translated.lines.count == 24)
      #expect(FileManager.default.fileExists(atPath: folder("\(name)/lex.s2t.bin")))
    }
  }

  @Test func guidanceMayBeTurnedOffOrOn() throws {
    try expectSuccess(try train("free", ["--guided-alignment", "none"], updates: 3))
    #expect(!FileManager.default.fileExists(atPath: folder("free/aligned")))
    #expect(!FileManager.default.fileExists(atPath: folder("free/lex.s2t.bin")))
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("guided"), updates: 20) + ["--guided-alignment", "auto"]))
    #expect(try text(folder("guided/train.jsonl")).contains("alignment_loss"))
    // Shortlists come without being asked for only to students.
    #expect(!FileManager.default.fileExists(atPath: folder("guided/lex.s2t.bin")))
    // The links are those of align-text.
    let links = try Command.alignText.run([
      "--source", fixture.trainSource, "--target", fixture.trainTarget, "--vocab", fixture.vocabulary,
    ])
    try expectSuccess(links)
    #expect(try links.output == text(folder("guided/aligned/1.txt")))
    try links.output.write(toFile: folder("links"), atomically: true, encoding: .utf8)
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("given"), updates: 20) + [
          "--guided-alignment", folder("links"),
        ]))
    #expect(try weights("given") == weights("guided"))
  }

  @Test func mistakesAreNamed() throws {
    func failure(_ options: [String], status: Int32 = 64, _ words: [String]) throws {
      expectFailure(try train("model", options), .trainTranslation, status: status, saying: words)
      #expect(!FileManager.default.fileExists(atPath: folder("model")))
    }
    try failure(["--guided-alignment", "links"], ["'--distill-from'", "auto"])
    try failure(["--guided-alignment", "auto", "--guided-alignment", "links"], ["'--distill-from'", "auto"])
    try failure(
      ["--guided-alignment", "none", "--guided-alignment-heads", "2"], ["'--guided-alignment-heads'"])
    try failure(
      ["--export-bergamot", folder("x"), "--vocab", fixture.vocabulary], status: 1,
      [fixture.vocabulary, "SentencePiece", "--segmentation sentencepiece"])
    try FileManager.default.createDirectory(atPath: folder("full/x"), withIntermediateDirectories: true)
    try failure(["--export-bergamot", folder("full")], status: 1, [folder("full"), "has files"])
    let source = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 1) + [
        "--guided-alignment", "auto", "--guided-alignment", "x",
      ])
    expectFailure(source, .trainTranslation, status: 64, saying: ["auto", "alone"])
    let piped = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 1).map {
        $0 == fixture.trainSource ? "-" : $0
      }
        + ["--guided-alignment", "auto"])
    expectFailure(piped, .trainTranslation, status: 64, saying: ["auto", "more than once"])
  }

  // MARK: - Shortlists

  @Test func aShortlistIsMadeForAModel() throws {
    let model = try fixture.copyOfModel()
    let files = ["--source", fixture.trainSource, "--target", fixture.trainTarget]
    let made = try Command.buildShortlist.run(
      ["--model", model.path, "--first", "40", "--best", "20"] + files)
    try expectSuccess(made)
    #expect(
      made.errors.contains("lex.s2t.bin") && made.errors.contains("the first 40 tokens"), "\(made.errors)")
    // The model is whole, with another checksum, and its translations come from its candidates.
    let arguments = ["--model", model.path, "--input", fixture.validSource]
    let (with, without) = (
      try Command.translate.run(arguments), try Command.translate.run(arguments + ["--shortlist", "none"])
    )
    try expectSuccess(with)
    try expectSuccess(without)
    #expect(zip(with.lines, without.lines).count { $0 == $1 } > 12)
    // Of given links, as a file of its own, and as text.
    let links = folder("links")
    try expectSuccess(
      Command.alignText.run(
        files + ["--vocab", fixture.vocabulary, "--output", links, "--symmetrize", "intersection"]))
    try expectSuccess(
      Command.buildShortlist.run(
        ["--model", model.path, "--alignment", links, "--output", folder("own.bin")] + files))
    try expectSuccess(Command.translate.run(arguments + ["--shortlist", folder("own.bin")]))
    try expectSuccess(
      Command.buildShortlist.run(
        ["--model", model.path, "--alignment", links, "--output", folder("lex.s2t")] + files))
    let lines = try text(folder("lex.s2t")).split(separator: "\n")
    #expect(lines.contains("￭. ￭. 1.0"), "\(lines.prefix(5))")
    try expectSuccess(Command.translate.run(arguments + ["--shortlist", folder("lex.s2t")]))
    // A threshold leaves few.
    try expectSuccess(
      Command.buildShortlist.run(
        ["--model", model.path, "--threshold", "0.9", "--output", folder("few")] + files))
    #expect(try text(folder("few")).split(separator: "\n").count < lines.count)
  }

  @Test func whatMakesNoShortlistIsNamed() throws {
    let files = ["--source", fixture.trainSource, "--target", fixture.trainTarget]
    expectFailure(
      try Command.buildShortlist.run(["--model", folder("nothing")] + files), .buildShortlist,
      saying: [folder("nothing")])
    expectFailure(
      try Command.buildShortlist.run(
        ["--model", fixture.model, "--alignment", "a", "--alignment", "b"] + files),
      .buildShortlist, status: 64, saying: ["1 files of --source and 2 of --alignment"])
    try "\n".write(toFile: folder("short"), atomically: true, encoding: .utf8)
    let model = try fixture.copyOfModel()
    let before = try FileManager.default.contentsOfDirectory(atPath: model.path).sorted()
    expectFailure(
      try Command.buildShortlist.run(["--model", model.path, "--alignment", folder("short")] + files),
      .buildShortlist, saying: [folder("short"), "1 lines"])
    let after = try FileManager.default.contentsOfDirectory(atPath: model.path).sorted()
    #expect(after.filter { !$0.hasPrefix(".") } == before.filter { !$0.hasPrefix(".") })
  }

  // MARK: - Links

  @Test func linksAreWrittenForEachLine() throws {
    try "the house\n\nthe book\n".write(toFile: folder("s"), atomically: true, encoding: .utf8)
    try "das Haus\nx\ndas Buch\n".write(toFile: folder("t"), atomically: true, encoding: .utf8)
    let files = ["--source", folder("s"), "--target", folder("t"), "--tokenizer", "whitespace"]
    let outcome = try Command.alignText.run(files)
    try expectSuccess(outcome)
    #expect(outcome.lines == ["0-0 1-1", "", "0-0 1-1"])
    // The same in a compressed file, for any number of threads.
    try expectSuccess(Command.alignText.run(files + ["--threads", "1", "--output", folder("links.gz")]))
    let read = try Command.alignText.shell("gzip -dc '\(folder("links.gz"))'")
    #expect(read.output == outcome.output)
    let kinds = try ["forward", "reverse", "union", "intersection"].map {
      try Command.alignText.run(files + ["--symmetrize", $0]).lines.count
    }
    #expect(kinds == [3, 3, 3, 3])
    expectFailure(
      try Command.alignText.run(["--source", folder("s"), "--target", folder("nothing")]), .alignText,
      saying: [folder("nothing")])
    expectFailure(
      try Command.alignText.run(files + ["--vocab", fixture.vocabulary]), .alignText, status: 64,
      saying: ["'--tokenizer'", "'--vocab'"])
    expectFailure(
      try Command.alignText.run(["--source", "-", "--target", "-"]), .alignText, status: 64, saying: ["'-'"])
  }
}

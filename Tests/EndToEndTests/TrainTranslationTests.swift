import Foundation
import TestSupport
import Testing

@Suite struct TrainTranslationTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  func train(_ updates: Int, _ options: [String] = [], replacing: [String: String] = [:]) throws
    -> Command.Outcome
  {
    var arguments = fixture.trainingArguments(model: folder("model"), updates: updates)
    for (option, value) in replacing {
      let place = try #require(arguments.firstIndex(of: option))
      arguments[place + 1] = value
    }
    return try Command.trainTranslation.run(arguments + options)
  }

  func write(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: folder(name), atomically: false, encoding: .utf8)
    return folder(name)
  }

  @Test func messagesHaveNoControlCharacters() throws {
    let outcome = try train(30)
    try expectSuccess(outcome)
    #expect(outcome.outputBytes.isEmpty)
    #expect(outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 })
    for words in ["400", "valid perplexity", "BLEU", "all updates are done", folder("model")] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
  }

  @Test func aTrainingCanBeWatched() throws {
    let (runs, report) = (folder("runs/one"), folder("report.html"))
    try expectSuccess(train(20, ["--tensorboard", runs, "--report", report]))
    func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    #expect(try contents(report).contains("Finished: all updates are done, update 20"))
    let before = try contents("\(runs)/scalars.csv")
    #expect(before.contains("\r\n20,") && !before.contains("\r\n30,"))
    // Both are continued without being named again.
    let resumed = ["--resume", "--model", folder("model"), "--max-updates", "30"]
    try expectSuccess(Command.trainTranslation.run(resumed))
    #expect(try contents("\(runs)/scalars.csv").hasPrefix(before))
    #expect(try contents("\(runs)/scalars.csv").contains("\r\n30,"))
    #expect(try contents(report).contains("Finished: all updates are done, update 30"))
    let names = try FileManager.default.contentsOfDirectory(atPath: runs)
    #expect(names.filter { $0.hasPrefix("events.out.tfevents.") }.count == 2)
    expectFailure(
      try train(20, ["--overwrite", "--report", folder("nowhere/report.html")]), .trainTranslation,
      saying: ["cannot write", "its folder does not exist; create it first"])
  }

  @Test func logHoldsWhatIsDocumented() throws {
    try expectSuccess(train(40))
    let log = try String(contentsOfFile: folder("model/train.jsonl"), encoding: .utf8)
    let lines = try log.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let training = lines.filter { $0["loss"] != nil }
    #expect(training.compactMap { $0["update"] as? Int } == [10, 20, 30, 40])
    let keys = [
      "update", "epoch", "loss", "perplexity", "learning_rate", "target_tokens", "target_tokens_per_second",
      "seconds",
    ]
    for line in training { for key in keys { #expect(line[key] is NSNumber, "\(key)") } }
    let validation = lines.filter { $0["valid_perplexity"] != nil }
    #expect(validation.compactMap { $0["update"] as? Int } == [30, 40])
    #expect(validation.allSatisfy { $0["valid_bleu"] is NSNumber })
    let losses = training.compactMap { $0["loss"] as? Double }
    #expect(losses[3] < losses[0], "\(losses)")
  }

  @Test func resultDependsOnShardsNotOnThreads() throws {
    try expectSuccess(train(20, ["--threads", "1"]))
    let one = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    try expectSuccess(train(20, ["--threads", "3", "--overwrite"]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == one)
  }

  // MARK: - Memory

  @Test func needIsSaidBeforeTraining() throws {
    let outcome = try train(2)
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("needs at most "), "\(outcome.errors)")
    #expect(outcome.errors.contains("MiB for program and text"), "\(outcome.errors)")
  }

  @Test func memoryThatIsTooLittleIsRefusedWithFigures() throws {
    expectFailure(
      try train(3, ["--max-memory", "10m"]), .trainTranslation, status: 64,
      saying: ["--max-memory 10.0 MiB is too little", "MiB of memory", "--preset", "--shards"])
    expectFailure(
      try train(3, ["--max-memory", "much"]), .trainTranslation, status: 64,
      saying: [
        "'much' is not a value for '--max-memory': expected an amount of memory such as 800m, 2g or 1.5g"
      ]
    )
    // More than any machine has; refused before the first batch.
    expectFailure(
      try train(3, ["--size", "65536", "--inner-size", "1048576"]), .trainTranslation, status: 64,
      saying: ["TiB of memory", "this process can get", "--max-memory"])
  }

  /// The limit applies to the whole process, and pieces change an update only by rounding.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status")))
  func memoryIsBounded() throws {
    let larger = [
      "--preset", "small", "--batch-tokens", "4096", "--dropout", "0", "--overwrite", "--log-every", "1",
    ]
    func measured(_ more: [String]) throws -> (peak: Int, losses: [Double]) {
      let shrunk = [
        "--encoder-layers", "--decoder-layers", "--size", "--inner-size", "--heads", "--batch-tokens",
      ]
      var arguments = fixture.trainingArguments(model: folder("model"), updates: 2)
      arguments.removeAll { $0 == "tiny" || $0 == "--preset" }
      for option in shrunk {
        let place = try #require(arguments.firstIndex(of: option))
        arguments.removeSubrange(place...place + 1)
      }
      // The log must contain every update.
      arguments.removeSubrange(try #require(arguments.firstIndex(of: "--log-every"))..<arguments.count - 2)
      let outcome = try Command.trainTranslation.shell(
        #"""
        "$COMMAND" "$@" 2>/dev/null & process=$!
        while line=$(grep VmHWM /proc/$process/status 2>/dev/null); do peak=$line; sleep 0.01; done
        wait $process && echo $peak
        """#, arguments + larger + more)
      try expectSuccess(outcome)
      let log = try String(contentsOfFile: folder("model/train.jsonl"), encoding: .utf8)
      let losses = try log.split(separator: "\n").compactMap {
        (try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["loss"] as? Double
      }
      return (
        try #require(outcome.output.split(separator: " ").dropFirst().first.flatMap { Int($0) }), losses
      )
    }
    let (free, bounded) = (try measured([]), try measured(["--max-memory", "600m"]))
    #expect(bounded.peak <= 600 << 10)
    #expect(free.peak > 620 << 10, "the bound must mean something")
    #expect(free.losses.count == 2 && bounded.losses.count == 2)
    for (one, other) in zip(free.losses, bounded.losses) { #expect(abs(one - other) < 1e-3) }
  }

  /// A resumed run keeps its pieces, since its result depends on them.
  @Test func resumedRunKeepsItsPieces() throws {
    try expectSuccess(train(6, ["--max-memory", "200m"]))
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    try expectSuccess(train(3, ["--max-memory", "200m", "--overwrite"]))
    expectFailure(
      try train(6, ["--resume", "--max-memory", "20m"]), .trainTranslation, status: 64,
      saying: ["is too little", "the resumed run works in pieces of", "which cannot change"])
    try expectSuccess(train(6, ["--resume"]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == whole)
  }

  @Test func folderWithAModelIsNotOverwrittenUnasked() throws {
    try expectSuccess(train(3))
    let before = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    expectFailure(
      try train(6), .trainTranslation, status: 64, saying: ["--resume", "--overwrite", folder("model")])
    expectFailure(
      try train(6, ["--resume", "--overwrite"]), .trainTranslation, status: 64, saying: ["--resume"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == before)
    try expectSuccess(train(6, ["--overwrite"]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) != before)
  }

  @Test func profileIsShownAndWrittenAndChangesNothing() throws {
    try expectSuccess(train(10))
    let plain = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    #expect(!folder.names.contains { $0.hasSuffix("profile.json") })
    let outcome = try train(10, ["--profile", "--overwrite"])
    try expectSuccess(outcome)
    for words in ["mean of 10 updates", "linear 32 to 96", "making batches", "what is left over"] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder("model/profile.json"))))
    let report = try #require(json as? [String: Any])
    let rows = try #require(report["rows"] as? [[String: Any]])
    #expect(report["updates"] as? Int == 10)
    // Encoder and decoder, in two shards.
    let projections = try #require(rows.first { $0["name"] as? String == "linear 32 to 96" })
    #expect(projections["calls"] as? Int == 40)
    #expect(abs(rows.compactMap { $0["share"] as? Double }.reduce(0, +) - 1) < 1e-6)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == plain)
    // It would be mistaken for that of the next training.
    try expectSuccess(train(3, ["--overwrite"]))
    #expect(!folder.names.contains { $0.hasSuffix("profile.json") })
  }

  @Test func manifestTellsWhereTheModelComesFrom() throws {
    try expectSuccess(train(3))
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder("model/training.json"))))
    let manifest = try #require(json as? [String: Any])
    #expect((manifest["command"] as? [String])?.contains("--max-updates") == true)
    #expect(manifest["seed"] as? Int == 1 && manifest["update"] as? Int == 3)
    #expect(manifest["precision"] as? String == "float32" && manifest["threads"] as? Int == 2)
    #expect((manifest["matrix_kernels"] as? String)?.isEmpty == false)
    let data = try #require(manifest["data"] as? [String: String])
    for path in [fixture.trainSource, fixture.validTarget, "\(fixture.vocabulary)/vocab.txt"] {
      #expect(data[path]?.hasPrefix("crc32:") == true, "\(path) in \(data)")
    }
    let hardware = try #require(manifest["hardware"] as? [String: Any])
    #expect((hardware["processor"] as? String)?.isEmpty == false)
    #expect(hardware["processors"] as? Int ?? 0 > 0 && hardware["memory"] as? Int ?? 0 > 1 << 20)
    let signature = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:"
    #expect((manifest["valid_bleu_signature"] as? String)?.hasPrefix(signature) == true)
    #expect(manifest["valid_bleu"] is Double && manifest["valid_perplexity"] is Double)
    #expect(manifest["rollbacks"] as? Int == 0)
  }

  @Test func epochsAndTimeAreLimits() throws {
    let epochs = try train(100_000, ["--max-epochs", "2"])
    try expectSuccess(epochs)
    #expect(
      epochs.errors.contains("all epochs are done") && epochs.errors.contains("epoch 2,"), "\(epochs.errors)")
    let time = try train(100_000, ["--time-budget", "1s", "--overwrite"])
    try expectSuccess(time)
    #expect(time.errors.contains("the time is up"), "\(time.errors)")
  }

  @Test func aTargetScoreEndsTheTraining() throws {
    let (metric, often) = (["--best-by", "perplexity"], ["--validate-every": "5"])
    let reached = try train(100, metric + ["--target-score", "1000"], replacing: often)
    try expectSuccess(reached)
    #expect(
      reached.errors.contains("the target score, 1000 by perplexity, is reached after 5 updates"),
      "\(reached.errors)")
    let missed = try train(10, metric + ["--target-score", "1.001", "--overwrite"], replacing: often)
    try expectSuccess(missed)
    #expect(
      missed.errors.contains("the target score, 1.001 by perplexity, was not reached: valid perplexity"),
      "\(missed.errors)")
  }

  @Test func howLongItTakesIsSaidAndWhatATimeBudgetIsTooShortFor() throws {
    let outcome = try train(40)
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("40 updates will be done in about "), "\(outcome.errors)")
    let short = try train(
      100_000, ["--time-budget", "1s", "--overwrite"], replacing: ["--warmup": "50000"])
    try expectSuccess(short)
    #expect(
      short.errors.contains("warning: the time budget is too short: about ")
        && short.errors.contains("the warm-up alone needs 50,000"), "\(short.errors)")
  }

  @Test func compressedTextIsTheSameText() throws {
    try expectSuccess(train(5))
    let plain = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    try expectSuccess(
      Command.translate.shell(
        #"for f in train valid; do for l in en de; do gzip -c "$1/$f.$l" >"$2/$f.$l.gz"; done; done"#,
        [fixture.folder.path, folder.path]))
    let compressed = [
      "--train-source": folder("train.en.gz"), "--train-target": folder("train.de.gz"),
      "--valid-source": folder("valid.en.gz"), "--valid-target": folder("valid.de.gz"),
    ]
    try expectSuccess(train(5, ["--overwrite"], replacing: compressed))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == plain)
  }

  // MARK: - Faulty text

  @Test(arguments: ["--train-target", "--valid-target"])
  func differentLineCountsAreNamed(option: String) throws {
    let short = try write("Der Mann sieht das Haus.\nAnna.\n", "short.de")
    let outcome = try train(3, replacing: [option: short])
    expectFailure(
      outcome, .trainTranslation, saying: [short, "has 2:", option.contains("train") ? "400" : "24"])
    #expect(folder.names.filter { $0.contains("safetensors") }.isEmpty)
  }

  @Test(arguments: ["", "\n\n\n"])
  func emptyTextIsNamed(text: String) throws {
    let (source, target) = (try write(text, "empty.en"), try write(text, "empty.de"))
    expectFailure(
      try train(3, replacing: ["--train-source": source, "--train-target": target]), .trainTranslation,
      saying: [source])
    expectFailure(
      try train(3, replacing: ["--valid-source": source, "--valid-target": target]), .trainTranslation,
      saying: [source])
  }

  @Test(arguments: ["--train-source", "--train-target", "--valid-source", "--valid-target", "--vocab"])
  func filesAreNamed(option: String) throws {
    expectFailure(try train(3, replacing: [option: "/no/file"]), .trainTranslation, saying: ["/no/file"])
    if option != "--vocab" {
      expectFailure(try train(3, replacing: [option: folder.path]), .trainTranslation, saying: [folder.path])
    }
    #expect(folder.names.filter { $0.contains("safetensors") || $0.contains("vocab") }.isEmpty)
  }

  @Test func invalidBytesAndEmptyLinesAreReported() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.trainSource))
    try
      (Data("\n".utf8) + bytes.dropFirst(bytes.firstIndex(of: 10)! + 1).dropLast(3) + Data([0xff, 0x2e, 10]))
      .write(to: URL(fileURLWithPath: folder("bad.en")))
    let outcome = try train(3, replacing: ["--train-source": folder("bad.en")])
    try expectSuccess(outcome)
    for words in [folder("bad.en"), "UTF-8", "399"] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
  }

  /// Validation reads its text twice, which is impossible with a pipe.
  @Test func validationTextMustBeAFile() throws {
    expectFailure(
      try train(3, replacing: ["--valid-source": "-"]), .trainTranslation, status: 64,
      saying: ["--valid-source"])
    let outcome = try Command.trainTranslation.shell(
      #"timeout 20 "$COMMAND" "${@:2}" --valid-source <(cat "$1") --valid-target <(cat "$1")"#,
      [fixture.validSource]
        + fixture.trainingArguments(model: folder("model"), updates: 3).filter {
          ![fixture.validSource, fixture.validTarget, "--valid-source", "--valid-target"].contains($0)
        })
    expectFailure(outcome, .trainTranslation, saying: ["/dev/fd/"])
  }

  @Test func trainingTextMayComeThroughAPipe() throws {
    var arguments = fixture.trainingArguments(model: folder("model"), updates: 3)
    arguments.removeSubrange(2..<6)
    let outcome = try Command.trainTranslation.shell(
      #"timeout 20 "$COMMAND" --train-source - --train-target <(cat "$2") "${@:3}" <"$1""#,
      [fixture.trainSource, fixture.trainTarget] + arguments)
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("kept: 400"), "\(outcome.errors)")
  }
}

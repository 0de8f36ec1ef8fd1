import Foundation
import Glibc
import TestSupport
import Testing

/// `prepare-corpus`, and trainings from what it wrote.
@Suite struct PrepareCorpusTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func prepare(_ name: String = "corpus", _ options: [String] = []) throws -> Command.Outcome {
    try Command.prepareCorpus.run(
      [
        "--vocab", fixture.vocabulary, "--train-source", fixture.trainSource, "--train-target",
        fixture.trainTarget, "--output", folder(name), "--shard-size", "60",
      ] + options)
  }

  /// The fixture's training, from a corpus; windows of two shards.
  private func arguments(_ model: String, updates: Int) -> [String] {
    var arguments = fixture.trainingArguments(model: folder(model), updates: updates)
    for option in ["--train-source", "--train-target"] {
      let place = arguments.firstIndex(of: option) ?? 0
      arguments.removeSubrange(place...place + 1)
    }
    return arguments + [
      "--train-corpus", folder("corpus"), "--corpus-window", "120", "--dropout", "0.2", "--copy-unknowns",
      "0.3",
    ]
  }

  private func weights(_ model: String) throws -> [String: Data] {
    try tensors(folder("\(model)/model.safetensors"))
  }

  @Test func aCorpusIsPreparedAndVerified() throws {
    let outcome = try prepare()
    try expectSuccess(outcome)
    for words in [
      "pairs read: 400, kept: 400", "wrote 400 pairs in 7 shards", "bytes a pair", "pairs/s",
    ] { #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)") }
    let verified = try Command.prepareCorpus.run(["--verify", folder("corpus")])
    try expectSuccess(verified)
    #expect(verified.errors.contains("is as it was written: 400 pairs in 7 shards"), "\(verified.errors)")
    expectFailure(try prepare(), .prepareCorpus, saying: ["holds a prepared corpus already", "--overwrite"])
    try expectSuccess(
      prepare("corpus", ["--overwrite", "--compress", "--threads", "1", "--max-memory", "1m"]))
    try expectSuccess(Command.prepareCorpus.run(["--verify", folder("corpus"), "--threads", "3"]))

    let path = folder("corpus/shard-00003.pairs")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 9] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    let damaged = try Command.prepareCorpus.run(["--verify", folder("corpus")])
    expectFailure(damaged, .prepareCorpus, saying: [path, "damaged", "checksum", "prepare the corpus again"])
    let training = try Command.trainTranslation.run(arguments("model", updates: 20))
    expectFailure(training, .trainTranslation, saying: [path, "damaged"])
  }

  @Test func trainingsAreStoppedKilledAndResumedToTheSameBits() throws {
    try expectSuccess(prepare())
    try expectSuccess(Command.trainTranslation.run(arguments("whole", updates: 200)))
    let expected = try weights("whole")
    // In the middle of a shard, with other threads, and without naming the corpus again.
    try expectSuccess(Command.trainTranslation.run(arguments("parts", updates: 61) + ["--threads", "1"]))
    try expectSuccess(
      Command.trainTranslation.run(
        ["--resume", "--model", folder("parts"), "--max-updates", "200", "--threads", "3"]))
    #expect(try weights("parts") == expected)

    let process = try RunningCommand(
      .trainTranslation, arguments("killed", updates: 200) + ["--checkpoint-every", "0.01s"])
    #expect(process.waitForErrors { $0.contains("update 90,") })
    process.send(SIGKILL)
    _ = process.wait()
    try expectSuccess(Command.trainTranslation.run(arguments("killed", updates: 200) + ["--resume"]))
    #expect(try weights("killed") == expected)
    let manifest = try jsonObject(folder("whole/training.json"))
    #expect((manifest["prepared_corpus"] as? [String: Any])?["folder"] as? String == folder("corpus"))
    #expect(try #require(manifest["epoch"] as? Int) > 1)
  }

  @Test func severalProcessesTrainTheSameBits() throws {
    try expectSuccess(prepare())
    let arguments = { (model: String) in
      self.arguments(model, updates: 30) + ["--shards", "4", "--threads", "1"]
    }
    try expectSuccess(Command.trainTranslation.run(arguments("one")))
    let variables =
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 "
      + "OMPI_MCA_hwloc_base_binding_policy=none"
    try expectSuccess(
      Command.trainTranslation.shell(
        "\(variables) exec mpirun -np 2 \"$COMMAND\" \"$@\"", arguments("two")))
    #expect(try weights("two") == weights("one"))
  }

  @Test func aFullDiskAndASignalLeaveNothingThatLooksWhole() throws {
    let full = try Command.prepareCorpus.shell(
      #"ulimit -f 8; exec "$COMMAND" "$@""#,
      [
        "--vocab", fixture.vocabulary, "--train-source", fixture.trainSource, "--train-target",
        fixture.trainTarget, "--output", folder("corpus"),
      ])
    expectFailure(full, .prepareCorpus, saying: ["cannot write", folder("corpus")])
    #expect(!FileManager.default.fileExists(atPath: folder("corpus/corpus.json")))
    let training = try Command.trainTranslation.run(arguments("model", updates: 3))
    expectFailure(training, .trainTranslation, saying: ["is not a prepared corpus"])

    // Killed while it waits for text.
    let process = try RunningCommand(
      .prepareCorpus,
      [
        "--vocab", fixture.vocabulary, "--train-source", "-", "--train-target", fixture.trainTarget,
        "--output",
        folder("corpus"),
      ])
    while !FileManager.default.fileExists(atPath: folder("corpus/temporary")) { usleep(2000) }
    process.send(SIGKILL)
    _ = process.wait()
    try expectSuccess(prepare())
    #expect(!FileManager.default.fileExists(atPath: folder("corpus/temporary")))
  }

  @Test func optionsThatNeedTextAreRefused() throws {
    try expectSuccess(prepare())
    for (options, words) in [
      (["--bpe-dropout", "0.1"], "'--bpe-dropout' and '--train-corpus' cannot be used together"),
      (["--train-source", fixture.trainSource, "--train-target", fixture.trainTarget], "stands for all"),
      (["--train-weight", "2"], "name it twice to prepare-corpus"),
    ] {
      let outcome = try Command.trainTranslation.run(arguments("model", updates: 3) + options)
      expectFailure(outcome, .trainTranslation, status: 64, saying: [words])
    }
    expectFailure(
      try prepare("other", ["--train-source", fixture.trainSource]), .prepareCorpus, status: 64,
      saying: ["give as many of both"])
    expectFailure(
      try Command.prepareCorpus.run(["--verify", folder("corpus"), "--output", "x"]), .prepareCorpus,
      status: 64,
      saying: ["'--verify' reads a corpus and writes none"])
  }
}

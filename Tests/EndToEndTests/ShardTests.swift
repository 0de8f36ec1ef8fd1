import Foundation
import Glibc
import TestSupport
import Testing

/// `translate --shard` and `join-translations`, as processes of a huge job run them.
@Suite struct ShardTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws {
    (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    let sentences = try fixture.sentences()
    let text = sentences.enumerated().map { $1 + ($0 % 7 == 3 ? "\n\n" : "\n") }.joined() + "Anna"
    _ = try folder.file(text, "in")
  }

  func arguments(_ shard: String, _ options: [String] = []) -> [String] {
    ["--model", fixture.model, "--input", folder("in"), "--output", folder("parts"), "--shard", shard]
      + options
  }

  func contents(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: folder(name))) }

  @Test(arguments: [
    ["--beam", "1"], ["--beam", "3", "--n-best", "2"], ["--json", "--beam", "2"],
    ["--sample", "--seed", "4"],
  ])
  func joinedShardsEqualOneRun(options: [String]) throws {
    try expectSuccess(
      Command.translate.run(
        ["--model", fixture.model, "--input", folder("in"), "--output", folder("whole")] + options))
    for number in [3, 1, 4, 2] {
      let outcome = try Command.translate.run(arguments("\(number)/4", ["--resume"] + options))
      try expectSuccess(outcome)
      #expect(outcome.outputBytes.isEmpty)
    }
    let outcome = try Command.joinTranslations.run(
      [folder("parts"), "--output", folder("joined"), "--input", folder("in")])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("all 4 shards are right"), "\(outcome.errors)")
    #expect(try contents("joined") == contents("whole"))
  }

  @Test func packedTextIsDividedLikeThePlainOne() throws {
    try expectSuccess(Command.translate.shell(#"gzip -c "$1" >"$1.gz""#, [folder("in")]))
    for number in 1...3 {
      let packed = arguments("\(number)/3", ["--beam", "1"]).map { $0 == folder("in") ? $0 + ".gz" : $0 }
      try expectSuccess(Command.translate.run(packed))
    }
    try expectSuccess(
      Command.joinTranslations.run(
        [folder("parts"), "--output", folder("joined.gz"), "--input", folder("in")]))
    let whole = try Command.translate.run(
      ["--model", fixture.model, "--input", folder("in"), "--beam", "1"])
    let joined = try Command.translate.shell(#"gzip -dc "$1""#, [folder("joined.gz")])
    #expect(!whole.outputBytes.isEmpty && joined.outputBytes == whole.outputBytes)
  }

  @Test func wholeShardIsSkippedAndOtherSettingsAreRefused() throws {
    let first = try Command.translate.run(arguments("1/2", ["--beam", "1"]))
    try expectSuccess(first)
    #expect(first.errors.contains("1 of 2 shards are translated"), "\(first.errors)")
    let again = try Command.translate.run(arguments("1/2", ["--resume", "--beam", "1", "--threads", "1"]))
    try expectSuccess(again)
    #expect(again.errors.contains("shard 1 of 2 is translated already"), "\(again.errors)")
    expectFailure(
      try Command.translate.run(arguments("1/2", ["--resume", "--beam", "2"])), .translate,
      saying: ["part-1-of-2", "other options (--beam 1, now --beam 2)", "another folder"])
    expectFailure(
      try Command.translate.run(arguments("2/2", ["--beam", "2"])), .translate, saying: ["other options"])
    expectFailure(
      try Command.translate.run(arguments("2/3", ["--beam", "1"])), .translate, saying: ["--shard i/2"])
    let copy = try fixture.copyOfModel()
    try FileManager.default.removeItem(atPath: copy("checksums.json"))
    let pipeline = copy("config.json")
    let changed = try String(contentsOfFile: pipeline, encoding: .utf8) + "\n"
    try changed.write(toFile: pipeline, atomically: true, encoding: .utf8)
    let other = arguments("1/2", ["--resume", "--beam", "1"]).map { $0 == fixture.model ? copy.path : $0 }
    expectFailure(try Command.translate.run(other), .translate, saying: ["another model"])
  }

  @Test func missingShardsAreNamedAndDamageIsFound() throws {
    try expectSuccess(Command.translate.run(arguments("2/4", ["--beam", "1"])))
    expectFailure(
      try Command.joinTranslations.run([folder("parts"), "--output", folder("joined")]), .joinTranslations,
      saying: ["1 of 4 shards are translated", "1,3-4"])
    let missing = try Command.joinTranslations.run([folder("parts"), "--missing"])
    try expectSuccess(missing)
    #expect(missing.output == "1,3-4\n")
    for number in [1, 3, 4] {
      try expectSuccess(Command.translate.run(arguments("\(number)/4", ["--beam", "1"])))
    }
    try expectSuccess(Command.joinTranslations.run([folder("parts")]))
    var damaged = try contents("parts/part-3-of-4")
    damaged[damaged.count / 2] ^= 1
    try damaged.write(to: URL(fileURLWithPath: folder("parts/part-3-of-4")))
    expectFailure(
      try Command.joinTranslations.run([folder("parts"), "--output", folder("joined")]), .joinTranslations,
      saying: ["part-3-of-4", "SHA-256", "translate shard 3 of 4 again"])
    #expect(!folder.names.contains("joined"))
  }

  /// SIGKILL as soon as something is recorded, again and again, until a process gets through.
  @Test(arguments: [SIGKILL, SIGTERM]) func interruptedShardsAreContinuedExactlyOnce(signal: Int32) throws {
    let text = try (0..<300).flatMap { _ in try fixture.sentences() }.enumerated()
      .map { "\($1) \($0)\n" }.joined()
    _ = try folder.file(text, "in")
    let options = ["--resume", "--beam", "4", "--threads", "1"]
    let process = try RunningCommand(.translate, arguments("1/2", options))
    let record = folder("parts/part-1-of-2.partial.json")
    #expect(waitUntil(60) { FileManager.default.fileExists(atPath: record) })
    process.send(signal)
    let outcome = process.wait()
    try #require(outcome.status == 128 + signal, "too late: \(outcome.errors)")
    if signal == SIGTERM {
      #expect(outcome.errors.contains("continue with --resume"), "\(outcome.errors)")
      expectFailure(
        try Command.joinTranslations.run([folder("parts")]), .joinTranslations,
        saying: ["shard 1: ", " lines are translated", "0 of 2 shards are translated, 1 begun"])
    }
    #expect(!folder.names.contains("parts/part-1-of-2"))
    let resumed = try Command.translate.run(arguments("1/2", ["--resume", "--beam", "4"]))
    try expectSuccess(resumed)
    #expect(resumed.errors.contains("shard 1 of 2 continues after"), "\(resumed.errors)")
    try expectSuccess(Command.translate.run(arguments("2/2", ["--beam", "4"])))
    try expectSuccess(
      Command.joinTranslations.run([folder("parts"), "--output", folder("joined"), "--input", folder("in")]))
    let whole = try Command.translate.run(
      ["--model", fixture.model, "--input", folder("in"), "--beam", "4"])
    try expectSuccess(whole)
    #expect(try Array(contents("joined")) == whole.outputBytes)
    #expect(!folder.names.contains { $0.contains(".partial") })
  }

  @Test(arguments: [
    (["--shard", "1/2"], "'--input' and '--output'"), (["--shard", "3/2"], "3/100"),
    (["--resume"], "'--resume' needs '--shard'"),
    (["--shard", "1/2", "--input", "a", "--output", "b", "--compute", "auto"], "float32 or int8"),
    (["--shard", "1/2", "--input", "a", "--output", "b", "--prefix", "c"], "--prefix"),
    (["--shard", "1/2", "--input", "a", "--output", "b", "--input-format", "html"], "documents"),
  ])
  func whatShardsCannotHaveIsAUsageError(options: [String], words: String) throws {
    expectFailure(
      try Command.translate.run(["--model", "/no/model"] + options), .translate, status: 64, saying: [words])
  }

  @Test func folderWithoutShardsIsAnError() throws {
    expectFailure(
      try Command.joinTranslations.run([folder.path]), .joinTranslations,
      saying: ["no shards", "--shard i/n"])
  }
}

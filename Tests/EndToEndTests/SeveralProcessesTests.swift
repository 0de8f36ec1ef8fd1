import Foundation
import TestSupport
import Testing

/// Trainings whose processes OpenMPI's `mpirun` starts.
@Suite struct SeveralProcessesTests {
  private static let environment = [
    "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "OMPI_MCA_hwloc_base_binding_policy": "none",
  ]

  /// Runs the command in several processes; `mpirun` is a test dependency, see `tools/test`.
  private func train(_ processes: Int, _ arguments: [String]) throws -> Command.Outcome {
    let variables = Self.environment.map { "\($0)=\($1)" }.sorted().joined(separator: " ")
    return try Command.trainTranslation.shell(
      "\(variables) exec mpirun -np \(processes) \"$COMMAND\" \"$@\"", arguments)
  }

  private func arguments(_ fixture: Fixture, model: String, updates: Int) -> [String] {
    fixture.trainingArguments(model: model, updates: updates)
      + ["--validate-every", "4", "--valid-metrics", "bleu,chrf", "--shards", "4", "--threads", "1"]
  }

  /// The scores of all validations, as they are in the log.
  private func scores(_ model: String) throws -> [NSDictionary] {
    try String(contentsOfFile: "\(model)/train.jsonl", encoding: .utf8).split(separator: "\n").compactMap {
      guard let line = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any],
        line["valid_perplexity"] != nil
      else { return nil }
      return NSDictionary(dictionary: line.filter { $0.key.hasPrefix("valid_") || $0.key == "is_best" })
    }
  }

  @Test func modelsHaveTheSameBitsAndResumeInAnotherNumberOfProcesses() throws {
    let (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    try expectSuccess(Command.trainTranslation.run(arguments(fixture, model: folder("one"), updates: 8)))
    let expected = try scores(folder("one"))
    #expect(expected.count == 2 && expected.allSatisfy { $0["valid_bleu"] != nil && $0["valid_chrf"] != nil })
    for processes in [2, 4] {
      let model = folder("\(processes)")
      try expectSuccess(train(processes, arguments(fixture, model: model, updates: 4)))
      // The other half in another number of processes.
      try expectSuccess(train(6 - processes, arguments(fixture, model: model, updates: 8) + ["--resume"]))
      #expect(try scores(model) == expected)
      for name in ["model.safetensors", "config.json", "vocab.txt", "samples.jsonl"] {
        #expect(
          FileManager.default.contentsEqual(atPath: folder("one/\(name)"), andPath: "\(model)/\(name)"),
          "\(name), \(processes) processes")
      }
    }
  }

  @Test func theFirstProcessChoosesForAll() throws {
    let (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    /// Settings that depend on the number of updates are given, since the first part ends after half of them.
    func automatic(_ model: String, _ updates: Int) -> [String] {
      [
        "--preset", "auto", "--train-source", fixture.trainSource, "--train-target", fixture.trainTarget,
        "--model", folder(model), "--encoder-layers", "1", "--decoder-layers", "1", "--size", "32",
        "--inner-size", "64", "--heads", "2", "--schedule", "constant", "--warmup", "5", "--dropout", "0.2",
        "--shards", "4", "--threads", "1", "--validate-every", "4", "--max-updates", "\(updates)",
      ]
    }
    try expectSuccess(Command.trainTranslation.run(automatic("one", 8)))
    try expectSuccess(train(2, automatic("all", 4)))
    try expectSuccess(train(3, automatic("all", 8) + ["--resume"]))
    for name in ["model.safetensors", "vocab.txt", "valid.source.txt", "valid.target.txt", "samples.jsonl"] {
      #expect(
        FileManager.default.contentsEqual(atPath: folder("one/\(name)"), andPath: folder("all/\(name)")),
        "\(name)")
    }
    let plan = try train(2, automatic("planned", 8) + ["--plan"])
    try expectSuccess(plan)
    #expect(plan.errors.split(separator: "\n").count { $0.contains("--merges") } == 1, "\(plan.errors)")
    #expect(!folder.names.contains("planned"))
  }

  @Test func optimizerIsSharedWithoutAnotherResult() throws {
    let (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    let alone = try Command.trainTranslation.run(
      arguments(fixture, model: folder("one"), updates: 8) + ["--share-optimizer"])
    try expectSuccess(alone)
    #expect(
      alone.errors.contains("--share-optimizer changes nothing in a single process"), "\(alone.errors)")
    let shared = folder("shared")
    try expectSuccess(
      train(3, arguments(fixture, model: shared, updates: 4) + ["--share-optimizer"]))
    try expectSuccess(train(2, arguments(fixture, model: shared, updates: 8) + ["--resume"]))
    #expect(
      FileManager.default.contentsEqual(
        atPath: folder("one/model.safetensors"), andPath: "\(shared)/model.safetensors"))
  }

  @Test func roundedGradientsAreHalfTheBytes() throws {
    struct Profile: Decodable {
      struct Exchange: Decodable { let bytes_sent: Int }
      let exchange: Exchange
    }
    let (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    let bytes = try ["float32", "bfloat16"].map { precision in
      let model = folder(precision)
      try expectSuccess(
        train(
          2,
          arguments(fixture, model: model, updates: 4)
            + ["--exchange-precision", precision, "--profile"]))
      let data = try Data(contentsOf: URL(filePath: "\(model)/profile.json"))
      return try JSONDecoder().decode(Profile.self, from: data).exchange.bytes_sent
    }
    #expect(bytes[0] > 0 && abs(bytes[0] - 2 * bytes[1]) < 1000, "\(bytes)")
  }

  @Test func errorsEndAllProcesses() throws {
    let (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    let wrong = arguments(fixture, model: folder("model"), updates: 4).map {
      $0 == fixture.validSource ? folder("missing.en") : $0
    }
    let outcome = try train(2, wrong)
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("missing.en"), "\(outcome.errors)")
    let few = try train(
      2, fixture.trainingArguments(model: folder("model"), updates: 4) + ["--shards", "1", "--threads", "1"])
    #expect(few.status == 64, "\(few.errors)")
    #expect(few.errors.contains("less than the 2 processes"), "\(few.errors)")
  }
}

import Foundation
import TestSupport
import Testing

/// Validation by several metrics, from the command line.
@Suite struct ValidationTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// Validates at 10, 20, … `updates`; the name of the model folder contains characters special to a shell.
  private func arguments(_ options: [String], updates: Int = 20, to name: String = "the 'model' $1")
    -> [String]
  {
    fixture.trainingArguments(model: folder(name), updates: updates) + ["--validate-every", "10"] + options
  }

  private func train(_ options: [String], updates: Int = 20) throws -> String {
    let outcome = try Command.trainTranslation.run(arguments(options, updates: updates))
    try expectSuccess(outcome)
    return outcome.errors
  }

  private func path(_ name: String) -> String { folder("the 'model' $1/\(name)") }

  private func manifest(_ name: String = "training.json") throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func validations() throws -> [[String: Any]] {
    try String(contentsOfFile: path("train.jsonl"), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }.filter { $0["valid_perplexity"] != nil }
  }

  @Test(arguments: [
    ([], ["bleu"]), (["--best-by", "perplexity"], []), (["--best-by", "chrf"], ["chrf"]),
    (["--best-by", "perplexity", "--valid-metrics", "perplexity,bleu,chrf"], ["bleu", "chrf"]),
    (["--stop-by", "chrf"], ["bleu", "chrf"]),
  ])
  func whatIsAskedForIsMeasured(_ options: [String], _ metrics: [String]) throws {
    let errors = try train(options)
    #expect(errors.contains("BLEU ") == metrics.contains("bleu"), "\(errors)")
    #expect(errors.contains("chrF ") == metrics.contains("chrf"), "\(errors)")
    let (validations, manifest) = (try validations(), try manifest())
    #expect(validations.count == 2)
    for metric in ["bleu", "chrf", "script"] {
      #expect(validations.allSatisfy { ($0["valid_\(metric)"] is Double) == metrics.contains(metric) })
      #expect((manifest["valid_\(metric)"] is Double) == metrics.contains(metric))
    }
    let signature = manifest["valid_chrf_signature"] as? String
    #expect(signature?.hasPrefix("nrefs:1|case:mixed|eff:yes|nc:6|nw:0") ?? !metrics.contains("chrf"))
  }

  @Test func bestByEachIsAModelOfItsOwn() throws {
    let errors = try train(["--valid-metrics", "chrf", "--keep-best"], updates: 40)
    for metric in ["perplexity", "bleu", "chrf"] {
      #expect(errors.contains("best by \(metric): update "), "\(errors)")
      let best = path("best-\(metric)")
      let outcome = try Command.translate.run(["--model", best], text: "Anna\n")
      try expectSuccess(outcome)
      #expect(outcome.lines.count == 1)
      let manifest = try manifest("best-\(metric)/training.json")
      #expect(manifest["best_by"] as? String == metric)
      let update = try #require(manifest["update"] as? Int)
      let scores = try #require(try validations().first { $0["update"] as? Int == update })
      #expect(manifest["valid_\(metric)"] as? Double == scores["valid_\(metric)"] as? Double)
    }
    #expect(!FileManager.default.fileExists(atPath: path("best-script")))
    _ = try train(["--overwrite"])
    #expect(!FileManager.default.fileExists(atPath: path("best-chrf")), "of another training")
  }

  @Test func trainingStopsByTheMetricsThatWereNamed() throws {
    let errors = try train(
      ["--valid-script", #"echo "-$VALID_UPDATE""#, "--stop-by", "script,perplexity", "--patience", "2"],
      updates: 1000)
    #expect(errors.contains("2 validations in a row were no better by script or perplexity"), "\(errors)")
    #expect(try validations().count == 3)
  }

  // MARK: - The user's program

  private func script(_ text: String) throws -> String {
    try ("#!/bin/sh\n" + text).write(toFile: folder("score"), atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder("score"))
    return folder("score")
  }

  /// A program that is called by its name alone, and one that places its arguments itself.
  @Test(arguments: ["", " one \"$VALID_TRANSLATION\"", " one \"$1\"", " one"])
  func scriptGetsTextsAndUpdate(given: String) throws {
    let command = try script(
      """
      [ "$1" = one ] && shift
      [ "$1" = "$VALID_TRANSLATION" ] && [ $(wc -l <"$1") = 24 ] || exit 1
      cmp "$VALID_SOURCE" '\(fixture.validSource)' >&2 || exit 2
      cmp "$VALID_REFERENCE" '\(fixture.validTarget)' >&2 || exit 3
      [ $# = 1 ] || [ "$2 $3 $4" = "$VALID_SOURCE $VALID_REFERENCE $VALID_UPDATE" ] || exit 4
      echo no number; echo some words >&2
      echo " $VALID_UPDATE.5 "; echo
      """)
    let errors = try train(["--valid-script", command + given])
    #expect(errors.contains("script 20.5000, the best so far"), "\(errors)")
    #expect(try validations().map { $0["valid_script"] as? Double } == [10.5, 20.5])
    #expect(try manifest()["valid_script_command"] as? String == command + given)
  }

  @Test func scriptMayDecide() throws {
    let options = ["--valid-script", #"echo "$VALID_UPDATE""#, "--best-by", "script"]
    _ = try train(options + ["--valid-script-order", "lower"], updates: 30)
    #expect(try manifest()["update"] as? Int == 10)
    _ = try train(options + ["--overwrite", "--keep-best"], updates: 30)
    #expect(try manifest()["update"] as? Int == 30)
    #expect(try manifest("best-script/training.json")["valid_script"] as? Double == 30)
  }

  @Test(arguments: [
    ("echo bad luck >&2; exit 3 #", "its exit code is 3; it said: bad luck"),
    ("echo 7; exit 1 #", "its exit code is 1"), ("/no/such/program", "its exit code is 127"),
    ("true", "it printed nothing, expected a number"), ("echo", "expected a number"),
    ("echo nan #", "its last line is 'nan', expected a number"),
    ("echo 1; echo two #", "its last line is 'two', expected a number"),
    ("kill -11 $$ #", "signal 11 ended it"), ("if", "its exit code is 2"),
    ("sleep 1000 #", "it was stopped after 0.3s, see --valid-script-timeout"),
    ("echo 5; sleep 1000 #", "it was stopped after 0.3s"),
  ])
  func whateverGoesWrongWithItTrainingGoesOn(command: String, words: String) throws {
    // Only a command that hangs needs a short limit; on a busy machine, the others may take longer.
    let limit = command.contains("sleep") ? "0.3s" : "60s"
    let errors = try train(
      ["--valid-script", command, "--best-by", "script", "--valid-script-timeout", limit])
    for update in [10, 20] {
      let message = "update \(update): no score from --valid-script, training continues: "
      #expect(errors.components(separatedBy: message).count == 2, "\(errors)")
    }
    #expect(errors.contains(words), "\(errors)")
    #expect(try validations().allSatisfy { $0["valid_script"] == nil && $0["valid_bleu"] == nil })
    // Without any score, perplexity decides, so there is a model.
    try expectSuccess(Command.translate.run(["--model", path("")], text: "Anna\n"))
  }

  /// The file for the translation cannot be written, since a folder is in its place.
  @Test func textThatCannotBeWrittenCostsTheScoreAlone() throws {
    let errors = try train([
      "--valid-script",
      #"[ "$VALID_UPDATE" = 10 ] && rm "$1" && mkdir "$1"; echo 3"#, "--valid-metrics", "chrf",
    ])
    #expect(errors.contains("update 20: no score from --valid-script, training continues: "), "\(errors)")
    #expect(try validations().map { $0["valid_script"] as? Double } == [3, nil])
    #expect(try validations().allSatisfy { $0["valid_chrf"] is Double })
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func signalWhileItRunsEndsTrainingAndLosesNothing(signal: Int32) throws {
    let wait = try script(
      """
      if [ "$4" = 20 ] && [ ! -e '\(folder("begun"))' ]; then touch '\(folder("begun"))'; sleep 1000; fi
      echo $4
      """)
    let options = ["--valid-script", wait, "--best-by", "script"]
    let process = try RunningCommand(.trainTranslation, arguments(options, updates: 30))
    #expect(waitUntil(60) { FileManager.default.fileExists(atPath: folder("begun")) })
    process.send(signal)
    let outcome = process.wait(seconds: 60)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("interrupted after 20 updates"), "\(outcome.errors)")
    let resumed = try train(options + ["--resume"], updates: 30)
    #expect(resumed.contains("update 20,") && resumed.contains("update 30,"), "\(resumed)")
    #expect(try validations().map { $0["valid_script"] as? Double } == [10, 20, 30])
    try expectSuccess(Command.trainTranslation.run(arguments(options, updates: 30, to: "whole")))
    let weights = try [path("model.safetensors"), folder("whole/model.safetensors")].map {
      try Data(contentsOf: URL(fileURLWithPath: $0))
    }
    #expect(weights[0] == weights[1])
  }

  @Test(arguments: [
    ("--best-by script", ["'--best-by script'", "'--valid-script'"]),
    ("--stop-by bleu,script", ["'--stop-by script'"]),
    ("--valid-metrics script", ["'--valid-metrics script'"]),
    ("--valid-script-order lower", ["'--valid-script-order'", "'--valid-script'"]),
    ("--valid-script-timeout 5s", ["'--valid-script-timeout'"]),
    ("--valid-script x --valid-script-timeout 0", ["--valid-script-timeout"]),
    ("--valid-metrics bleu,ter", ["'ter'", "perplexity, bleu, chrf"]),
    ("--stop-when all --stop-by bleu", ["'--stop-when'", "'--stop-by'"]), ("--stop-when some", ["some"]),
    ("--stop-by bleu --patience 0", ["'--stop-by'", "'--patience 0'"]),
  ])
  func whatDoesNotGoTogetherIsNamed(_ options: String, _ words: [String]) throws {
    let outcome = try Command.trainTranslation.run(
      CommandLineTests.arguments(.trainTranslation) + options.split(separator: " ").map(String.init))
    expectFailure(outcome, .trainTranslation, status: 64, saying: words)
  }

  @Test func emptyCommandIsNone() throws {
    let outcome = try Command.trainTranslation.run(
      CommandLineTests.arguments(.trainTranslation) + ["--valid-script", " "])
    expectFailure(outcome, .trainTranslation, status: 64, saying: ["'--valid-script' holds no command"])
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// Limits of processes and of address space: commands work, or say what is missing, and neither hang nor crash.
@Suite struct LimitTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  /// Runs a command under a limit; one that hangs is killed, which the exit code shows.
  private func run(_ command: Command, _ limit: String, _ arguments: [String], asNobody: Bool = false) throws
    -> Command.Outcome
  {
    let start = asNobody ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    return try command.shell(
      "limit=$1; shift; exec timeout -s KILL 60 \(start) bash -c 'ulimit '\"$limit\"'; exec \"$@\"' -- \"$COMMAND\" \"$@\"",
      [limit] + arguments)
  }

  private func expectWords(_ outcome: Command.Outcome, _ what: String) {
    // 64: more memory is needed than there is. 127: the dynamic loader has no room for the libraries, and says so.
    #expect([0, 1, 64, 127].contains(outcome.status), "\(what): \(outcome.status) \(outcome.errors)")
    #expect(outcome.status == 0 || !outcome.errors.isEmpty, "\(what)")
    #expect(!outcome.errors.contains("Stack dump"), "\(what)")
  }

  @Test func addressSpaceIsLimited() throws {
    let arguments = ["--model", fixture.model, "--input", fixture.validSource, "--threads", "2"]
    let expected = try Command.translate.run(arguments)
    for limit in [60_000, 120_000, 180_000, 240_000, 300_000, 500_000, 900_000] {
      let outcome = try run(.translate, "-v \(limit)", arguments)
      expectWords(outcome, "\(limit) kB")
      if outcome.status == 0 { #expect(outcome.lines == expected.lines) }
    }
    // Memory runs out in threads of the command's own.
    let many = ["--model", fixture.model, "--input", fixture.trainSource, "--threads", "8", "--beam", "60"]
    for limit in [150_000, 200_000, 300_000] {
      expectWords(try run(.translate, "-v \(limit)", many), "8 threads, \(limit) kB")
    }
    let enough = try run(.translate, "-v 4000000", arguments)
    try expectSuccess(enough)
    #expect(enough.lines == expected.lines)
  }

  @Test func trainingUnderALimitedAddressSpace() throws {
    let folder = try TemporaryFolder()
    for limit in [300_000, 700_000] {
      var arguments = fixture.trainingArguments(model: folder("model\(limit)"), updates: 2)
      arguments += ["--threads", "1", "--size", "512", "--inner-size", "2048", "--heads", "8"]
      expectWords(try run(.trainTranslation, "-v \(limit)", arguments), "\(limit) kB")
    }
  }

  /// Whether tests may become another user: root has no limit of processes.
  static let mayBecomeNobody: Bool = {
    let script = "setpriv --reuid=65534 --regid=65534 --clear-groups test -x \"$COMMAND\""
    return (try? Command.translate.shell(script))?.status == 0
  }()

  @Test(.enabled(if: mayBecomeNobody, "needs root, setpriv, and a build that all users may run"))
  func threadsAreScarce() throws {
    let folder = try TemporaryFolder()
    let script = "cp -r \"$1\" \"$2\" && chmod -R a+rX \"$2\" \"$(dirname \"$2\")\""
    try expectSuccess(Command.translate.shell(script, [fixture.model, folder("model")]))
    try expectSuccess(
      Command.translate.shell("cat \"$1\" >\"$2\"; chmod a+r \"$2\"", [fixture.validSource, folder("in")]))
    for limit in 1...4 {
      for threads in ["1", "3"] {
        let outcome = try run(
          .translate, "-u \(limit)",
          ["--model", folder("model"), "--input", folder("in"), "--threads", threads], asNobody: true)
        expectWords(outcome, "\(limit) processes, \(threads) threads")
        if outcome.status != 0 { #expect(outcome.errors.contains("thread"), "\(outcome.errors)") }
      }
    }
    // With one thread besides the main one, translation works.
    try expectSuccess(
      run(
        .translate, "-u 2", ["--model", folder("model"), "--input", folder("in"), "--threads", "1"],
        asNobody: true))
    for limit in 1...3 {
      let outcome = try run(
        .trainTranslation, "-u \(limit)", fixture.trainingArguments(model: folder("new"), updates: 2),
        asNobody: true)
      expectWords(outcome, "training with \(limit) processes")
    }
    let scores = try run(
      .evaluateTranslation, "-u 1", ["--reference", folder("in"), "--hypothesis", folder("in")],
      asNobody: true)
    try expectSuccess(scores)
  }

  /// Programs that a command starts get the environment that it was given.
  @Test func theEnvironmentIsThatOfTheUser() throws {
    let folder = try TemporaryFolder()
    let arguments =
      fixture.trainingArguments(model: folder("model"), updates: 2) + [
        "--valid-script", "env >\(folder("env")); echo 1",
      ]
    let outcome = try run(.trainTranslation, "-v 8000000", arguments)
    try expectSuccess(outcome)
    let environment = try String(contentsOfFile: folder("env"), encoding: .utf8)
    #expect(environment.contains("PATH="))
    #expect(!environment.contains("OPENBLAS_NUM_THREADS") && !environment.contains("RESTARTED"))
  }
}

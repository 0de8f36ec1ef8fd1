import Foundation
import Glibc
import Processes
import TestSupport
import Testing

@Suite struct ShellCommandTests {
  private func run(
    _ line: String, arguments: [String] = [], environment: [String: String] = [:],
    timeout: Duration = .seconds(60)
  ) throws -> ShellOutcome {
    try ShellCommand(line, arguments: arguments, environment: environment).run(timeout: timeout)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    ("echo 1; echo 2 >&2", ShellOutcome.Ending.exited(0), "1\n", "2\n"), ("exit 3", .exited(3), "", ""),
    ("kill -9 $$", .killed(9), "", ""), ("no-such-command-xyz 2>/dev/null", .exited(127), "", ""),
    ("cat", .exited(0), "", ""), ("printf '%s' \"$HOME\" | wc -l", .exited(0), "0\n", ""),
  ])
  func endingAndOutputAreTold(
    _ line: String, _ ending: ShellOutcome.Ending, _ output: String, _ errors: String
  )
    throws
  {
    let outcome = try run(line)
    #expect(outcome.ending == ending)
    #expect(text(outcome.output) == output)
    #expect(text(outcome.errors) == errors)
  }

  /// Values from outside are never parsed as shell.
  @Test func argumentsAndVariablesAreNoShell() throws {
    let nasty = "a b'\"; echo no $(echo no) `echo no` \\ *\n?"
    let outcome = try run(
      #"printf '%s|%s|%s|%s' "$#" "$1" "$2" "$VALUE""#, arguments: [nasty, ""], environment: ["VALUE": nasty])
    #expect(text(outcome.output) == "2|\(nasty)||\(nasty)")
  }

  /// Much more than a pipe holds, on both pipes; the end of it is kept.
  @Test func muchOutputNeitherHangsNorStays() throws {
    let outcome = try run(
      "i=0; while [ $i -lt 30000 ]; do echo output $i; echo errors $i >&2; i=$((i + 1)); done")
    #expect(outcome.ending == .exited(0))
    #expect(text(outcome.output).hasSuffix("\noutput 29999\n") && outcome.output.count == 65536)
    #expect(text(outcome.errors).hasSuffix("\nerrors 29999\n") && outcome.errors.count == 65536)
  }

  @Test func outputWithoutAnEndIsStopped() throws {
    #expect(try run("yes", timeout: .milliseconds(300)).ending == .timedOut)
  }

  /// With its children, even if they ignore SIGTERM.
  @Test(arguments: ["sleep 1000", "sleep 1000 & wait", "trap '' TERM; sleep 1000; sleep 1000"])
  func whatHangsIsStoppedWithItsChildren(line: String) throws {
    let folder = try TemporaryFolder()
    let began = Date()
    let outcome = try run(
      "echo 12; echo $$ >\"$1\"; " + line, arguments: [folder("process")], timeout: .seconds(2))
    #expect(outcome.ending == .timedOut)
    #expect(text(outcome.output) == "12\n")
    #expect(-began.timeIntervalSinceNow < 30)
    let group = try #require(
      pid_t(String(contentsOfFile: folder("process"), encoding: .utf8).filter(\.isNumber)))
    // Init may need a moment to reap orphans.
    var isLeft = true
    for _ in 0..<500 where isLeft {
      isLeft = kill(-group, 0) == 0
      if isLeft { usleep(10_000) }
    }
    #expect(!isLeft)
  }

  @Test func callerMayStopIt() throws {
    var asked = 0
    let outcome = try ShellCommand("sleep 1000").run(timeout: .seconds(60)) {
      asked += 1
      return asked > 3
    }
    #expect(outcome.ending == .stopped)
  }

  /// A background process holds the pipes open, but is not waited for.
  @Test func backgroundIsNotWaitedFor() throws {
    let began = Date()
    let outcome = try run("echo 5; sleep 20 &")
    #expect(outcome.ending == .exited(0) && text(outcome.output) == "5\n")
    #expect(-began.timeIntervalSinceNow < 15)
  }
}

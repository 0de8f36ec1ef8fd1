import Glibc

/// A shell that was started: what it writes is taken while it runs, so that it never waits for us.
final class RunningShell {
  private let process: pid_t
  private var output: OutputTail
  private var errors: OutputTail
  /// How it ended; nil while it runs.
  private(set) var status: ShellOutcome.Ending?

  /// Starts the shell.
  init(_ command: ShellCommand) throws(ShellError) {
    let (output, errors) = (try openPipe(), try openPipe())
    process = try spawnShell(command, output: output.writing, errors: errors.writing)
    // Our copies of the writing ends close here, so that the reading ones will end.
    (self.output, self.errors) = (OutputTail(output.reading), OutputTail(errors.reading))
  }

  /// What is known so far.
  var outcome: ShellOutcome {
    ShellOutcome(ending: status ?? .stopped, output: output.bytes, errors: errors.bytes)
  }

  /// Takes what was written and looks whether the shell has ended; waits for either, but not for long.
  func wait() {
    waitForOutput(of: [output, errors].compactMap(\.number), milliseconds: 20)
    // First: what was written before the end can then be read behind it.
    status = status ?? ending(of: process)
    output.take()
    errors.take()
  }

  /// Ends the shell with everything that it started.
  func stop(as ending: ShellOutcome.Ending) -> ShellOutcome {
    for (signal, patience) in [(SIGTERM, Duration.seconds(2)), (SIGKILL, .seconds(10))] where status == nil {
      _ = kill(-process, signal)
      let deadline = ContinuousClock().now.advanced(by: patience)
      while status == nil, ContinuousClock().now < deadline { wait() }
    }
    // Those of its children that did not hear the first signal.
    _ = kill(-process, SIGKILL)
    return ShellOutcome(ending: ending, output: output.bytes, errors: errors.bytes)
  }
}

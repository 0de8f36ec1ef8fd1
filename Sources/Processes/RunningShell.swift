import Glibc

/// A running shell, whose output is read while it runs, so that it never blocks on a full pipe.
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
    // This process's copies of the writing ends close here, so that reading can reach the end.
    (self.output, self.errors) = (OutputTail(output.reading), OutputTail(errors.reading))
  }

  /// The outcome so far.
  var outcome: ShellOutcome {
    ShellOutcome(ending: status ?? .stopped, output: output.bytes, errors: errors.bytes)
  }

  /// Reads output and checks whether the shell has ended; waits briefly for either.
  func wait() {
    waitForOutput(of: [output, errors].compactMap(\.number), milliseconds: 20)
    // Checked first, so that everything written before the end is read afterwards.
    status = status ?? ending(of: process)
    output.take()
    errors.take()
  }

  /// Stops the shell and everything that it started.
  func stop(as ending: ShellOutcome.Ending) -> ShellOutcome {
    for (signal, patience) in [(SIGTERM, Duration.seconds(2)), (SIGKILL, .seconds(10))] where status == nil {
      _ = kill(-process, signal)
      let deadline = ContinuousClock().now.advanced(by: patience)
      while status == nil, ContinuousClock().now < deadline { wait() }
    }
    // Kills children that ignored the first signal.
    _ = kill(-process, SIGKILL)
    return ShellOutcome(ending: ending, output: output.bytes, errors: errors.bytes)
  }
}

import Formatting

/// A line of shell with its arguments, run until it ends or a timeout expires.
///
/// The line is passed to `/bin/sh -c` unchanged. Paths and other values are never inserted into it: they are its
/// arguments `$1`, `$2`, … and variables of its environment.
///
///     let command = ShellCommand(#"grep -c é "$1""#, arguments: [path])
///     let outcome = try command.run(timeout: .seconds(60))
///
/// It runs in its own process group: Ctrl-C reaches only the caller, which decides whether to stop it.
public struct ShellCommand: Sendable {
  /// The line of shell.
  public var line: String
  /// `$1`, `$2`, ….
  public var arguments: [String]
  /// Environment variables in addition to those of this process.
  public var environment: [String: String]

  /// A line with its arguments and environment variables.
  public init(_ line: String, arguments: [String] = [], environment: [String: String] = [:]) {
    (self.line, self.arguments, self.environment) = (line, arguments, environment)
  }

  /// Runs the line and waits for its end.
  ///
  /// It returns when the shell ends. Processes that the shell left in the background keep running.
  ///
  /// - Parameters:
  ///   - timeout: after which the shell and what it started are stopped, first by SIGTERM, then by SIGKILL.
  ///   - shouldStop: called every few hundredths of a second; if true, they are stopped immediately.
  /// - Returns: how it ended, and its output.
  /// - Throws: ``ShellError`` if the process cannot be started.
  public func run(timeout: Duration, shouldStop: () -> Bool = { false }) throws(ShellError) -> ShellOutcome {
    let shell = try RunningShell(self)
    let deadline = ContinuousClock().now.advanced(by: timeout)
    while shell.status == nil {
      if shouldStop() { return shell.stop(as: .stopped) }
      if ContinuousClock().now >= deadline { return shell.stop(as: .timedOut) }
      shell.wait()
    }
    return shell.outcome
  }
}

/// How a line of shell ended, and its output.
public struct ShellOutcome: Sendable, Equatable {
  /// How it ended.
  public enum Ending: Sendable, Equatable {
    /// By itself, with this exit code.
    case exited(Int32)
    /// By a signal of this number.
    case killed(Int32)
    /// The timeout expired.
    case timedOut
    /// The caller requested it.
    case stopped
  }

  /// How it ended.
  public let ending: Ending
  /// The last 64 KiB of standard output.
  public let output: [UInt8]
  /// The last 64 KiB of standard error.
  public let errors: [UInt8]
}

/// Why a line of shell cannot be run.
public struct ShellError: Error, Equatable, CustomStringConvertible {
  /// The system's error number.
  public let code: Int32

  /// The system's error message.
  public var description: String { "no process can be started: \(Readable.systemError(code))" }
}

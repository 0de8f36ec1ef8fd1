import Formatting

/// A line of shell with what it is told, run to its end or to the end of patience.
///
/// The line itself is given to `/bin/sh -c` as it stands. Paths and whatever else comes from elsewhere are never
/// written into it: they are its arguments `$1`, `$2`, … and variables of its environment.
///
///     let command = ShellCommand(#"grep -c é "$1""#, arguments: [path])
///     let outcome = try command.run(timeout: .seconds(60))
///
/// It runs in a process group of its own: Ctrl-C reaches the caller alone, who decides what becomes of it.
public struct ShellCommand: Sendable {
  /// What the shell reads.
  public var line: String
  /// `$1`, `$2`, ….
  public var arguments: [String]
  /// Variables beside those of this process.
  public var environment: [String: String]

  /// A line with what it is told.
  public init(_ line: String, arguments: [String] = [], environment: [String: String] = [:]) {
    (self.line, self.arguments, self.environment) = (line, arguments, environment)
  }

  /// Runs the line and waits for its end.
  ///
  /// It is over when the shell is. What the shell left in the background goes on, and is not waited for.
  ///
  /// - Parameters:
  ///   - timeout: after which the shell and what it started are stopped, by SIGTERM, then by SIGKILL.
  ///   - shouldStop: asked every few hundredths of a second: stops them at once.
  /// - Returns: how it ended, and what it wrote until then.
  /// - Throws: ``ShellError`` where the system starts no process.
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

/// How a line of shell ended, and what it wrote.
public struct ShellOutcome: Sendable, Equatable {
  /// How it ended.
  public enum Ending: Sendable, Equatable {
    /// By itself, with this exit code.
    case exited(Int32)
    /// By a signal of this number.
    case killed(Int32)
    /// It took too long.
    case timedOut
    /// The caller had asked for it.
    case stopped
  }

  /// How it ended.
  public let ending: Ending
  /// The end of what it wrote to standard output: 64 KiB, or all where it is less.
  public let output: [UInt8]
  /// The end of what it wrote to standard error.
  public let errors: [UInt8]
}

/// What keeps a line of shell from being run.
public struct ShellError: Error, Equatable, CustomStringConvertible {
  /// The system's number of the error.
  public let code: Int32

  /// The system's words.
  public var description: String { "no process can be started: \(Readable.systemError(code))" }
}

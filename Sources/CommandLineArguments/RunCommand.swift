import CStartup
import Glibc

/// Parses the command line, runs the command and exits.
///
/// Exit codes are 0 for success, 1 for a failure of the command and 64 for a wrong command line. Messages go to
/// standard error as `name: message`. If the reader of standard output closes it, writes fail with `EPIPE` instead of
/// killing the process, and beyond the limit on the size of files (`ulimit -f`) with `EFBIG`, so that nothing is lost
/// without a message. If a standard stream is closed at the start, its descriptor is never reused for a file. If memory
/// runs out under a limit of address space, or a file that is mapped into memory is cut off, a message says so.
///
/// This is the only place in the package that exits, except for lack of memory and such files.
public func runCommand<Arguments: CommandArguments>(
  _ type: Arguments.Type, body: (Arguments, GivenOptions<Arguments>) throws -> Void
) -> Never {
  let (arguments, given) = argumentsOrExit(type)
  do {
    try body(arguments, given)
  } catch {
    fail(type, error)
  }
  exit(0)
}

/// Parses the command line, runs the command and exits with a code that says what it found.
///
/// For commands whose result is a code, as that of `grep`: `body` returns it, so a failure has another code than 1. Otherwise
/// like ``runCommand(_:body:)-(_,(Arguments,GivenOptions<Arguments>)throws->Void)``.
///
/// - Parameters:
///   - type: the arguments.
///   - failure: the exit code if `body` throws.
///   - body: runs the command and returns its exit code.
public func runCommand<Arguments: CommandArguments>(
  _ type: Arguments.Type, failure: Int32, body: (Arguments, GivenOptions<Arguments>) throws -> Int32
) -> Never {
  let (arguments, given) = argumentsOrExit(type)
  do {
    exit(try body(arguments, given))
  } catch {
    fail(type, error, code: failure)
  }
}

/// Parses the command line, runs the command and exits.
///
/// Like ``runCommand(_:body:)-(_,(Arguments,GivenOptions<Arguments>)throws->Void)``, but for an asynchronous body.
public func runCommand<Arguments: CommandArguments>(
  _ type: Arguments.Type, body: @Sendable (Arguments, GivenOptions<Arguments>) async throws -> Void
) async -> Never {
  let (arguments, given) = argumentsOrExit(type)
  do {
    try await body(arguments, given)
  } catch {
    fail(type, error)
  }
  exit(0)
}

private func argumentsOrExit<Arguments: CommandArguments>(
  _ type: Arguments.Type
) -> (Arguments, GivenOptions<Arguments>) {
  reserveStandardStreams()
  ignoreSignalsOfWriting()
  // The name is needed until the process ends.
  let name = unsafe strdup(Arguments.command.name)
  unsafe startup_explain_lack_of_memory(name)
  unsafe startup_explain_lost_files(name)
  do {
    switch try Arguments.request(commandLineWords()) {
    case .run(let arguments, let given):
      return (arguments, given)
    case .show(let document):
      print(Arguments.text(of: document, width: terminalWidth()), Arguments.command)
    }
  } catch {
    fail(type, error)
  }
  exit(0)
}

/// Writes to standard output and exits with 1 if that fails.
private func print(_ text: String, _ command: CommandDescription) {
  guard !write(text, to: .output) else { return }
  write("\(command.name): cannot write to standard output\n", to: .error)
  exit(1)
}

private func fail<Arguments: CommandArguments>(
  _ type: Arguments.Type, _ error: any Error, code: Int32 = 1
) -> Never {
  write("\(Arguments.command.name): \(error)\n", to: .error)
  exit(error is ArgumentError ? 64 : code)
}

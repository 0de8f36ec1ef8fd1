import Glibc

/// Reads the command line, does the work and ends the process.
///
/// Exit codes are 0 for success, 1 for a failure while working and 64 for a wrong command line. Messages go
/// to standard error as `name: message`. A reader that closes our standard output makes writes fail with
/// `EPIPE` instead of killing the process, so that nothing is lost without a message. A standard stream that was
/// closed from the start is never taken for a file opened later.
///
/// This is the only place in the package that ends the process.
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

/// Reads the command line, does the work that may wait, and ends the process.
///
/// As ``runCommand(_:body:)-(_,(Arguments,GivenOptions<Arguments>)throws->Void)``, for a body with `await` in it.
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
  ignoreBrokenPipes()
  do {
    switch try Arguments.request(Array(CommandLine.arguments.dropFirst())) {
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

/// Writes to standard output; what cannot be written is a failure like any other.
private func print(_ text: String, _ command: CommandDescription) {
  guard !write(text, to: .output) else { return }
  write("\(command.name): cannot write to standard output\n", to: .error)
  exit(1)
}

private func fail<Arguments: CommandArguments>(_ type: Arguments.Type, _ error: any Error) -> Never {
  write("\(Arguments.command.name): \(error)\n", to: .error)
  exit(error is ArgumentError ? 64 : 1)
}

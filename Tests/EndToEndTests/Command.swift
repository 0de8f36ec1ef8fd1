import Foundation
import Glibc
import Synchronization
import Testing

/// The package's commands, run as processes like from a user's shell.
enum Command: String, CaseIterable, Sendable {
  case buildVocab = "build-vocab"
  case segmentText = "segment-text"
  case alignText = "align-text"
  case trainTranslation = "train-translation"
  case buildShortlist = "build-shortlist"
  case calibrateModel = "calibrate-model"
  case describeModel = "describe-model"
  case averageCheckpoints = "average-checkpoints"
  case quantizeModel = "quantize-model"
  case importModel = "import-model"
  case exportModel = "export-model"
  case translate
  case joinTranslations = "join-translations"
  case serveTranslation = "serve-translation"
  case manageKeys = "manage-keys"
  case convertCorpus = "convert-corpus"
  case prepareCorpus = "prepare-corpus"
  case checkData = "check-data"
  case evaluateTranslation = "evaluate-translation"

  /// The result of a process.
  struct Outcome: Sendable {
    /// The exit code, or 128 plus the number of the signal that ended the process, like in a shell.
    let status: Int32
    let outputBytes: [UInt8]
    let errors: String

    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// The lines of the output, including a last line without a line end.
    var lines: [String] {
      var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      return lines
    }
  }

  /// The executable, which is next to the test bundle in the build folder.
  func executable() throws -> URL {
    let folders =
      CommandLine.arguments.prefix(1).map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
      + [Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
    let found = folders.map { $0.appending(path: rawValue) }.first {
      FileManager.default.isExecutableFile(atPath: $0.path)
    }
    let places = folders.map(\.path).joined(separator: ", ")
    return try #require(found, "no '\(rawValue)' in \(places); build it with: swift build -c release")
  }

  /// Runs the command until it ends, with `input` as its standard input.
  @discardableResult
  func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
    let process = try RunningCommand(self, arguments)
    process.write(input)
    process.closeInput()
    return process.wait()
  }

  /// Runs the command on a text.
  func run(_ arguments: [String], text: String) throws -> Outcome {
    try run(arguments, input: Array(text.utf8))
  }

  /// Runs a line of shell, in which `$COMMAND` is the executable and `$1`, `$2`, … are the arguments.
  func shell(_ script: String, _ arguments: [String] = []) throws -> Outcome {
    let process = try RunningCommand(
      executable: URL(fileURLWithPath: "/bin/bash"), ["-c", script, "bash"] + arguments,
      environment: ["COMMAND": executable().path])
    process.closeInput()
    return process.wait()
  }
}

/// A process to which a test can write while it runs.
final class RunningCommand {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let errors = Pipe()
  private let collected: Collected
  private let readers = DispatchGroup()

  /// The output so far; filled by two threads.
  private final class Collected: Sendable {
    let output = Mutex<[UInt8]>([])
    let errors = Mutex<[UInt8]>([])
  }

  convenience init(_ command: Command, _ arguments: [String]) throws {
    try self.init(executable: command.executable(), arguments)
  }

  init(executable: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
    collected = Collected()
    // A command that ends without reading its input must not end the tests.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try withoutBlockedSignals { try process.run() }
    collect(output) { [collected] bytes in collected.output.withLock { $0 += bytes } }
    collect(errors) { [collected] bytes in collected.errors.withLock { $0 += bytes } }
  }

  private func collect(_ pipe: Pipe, _ keep: @escaping @Sendable ([UInt8]) -> Void) {
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    Thread.detach(in: readers) {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { break }
        keep(Array(buffer.prefix(count)))
      }
    }
  }

  /// Writes to standard input; it is not an error if the process no longer reads.
  func write(_ bytes: [UInt8]) {
    try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
  }

  func closeInput() { try? input.fileHandleForWriting.close() }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until the output satisfies a condition.
  ///
  /// - Returns: whether it was satisfied in time.
  func waitForOutput(seconds: Double = 60, _ isEnough: (String) -> Bool) -> Bool {
    waitUntil(seconds) { isEnough(collected.output.withLock { String(decoding: $0, as: UTF8.self) }) }
  }

  /// Waits until the messages satisfy a condition.
  func waitForErrors(seconds: Double = 60, _ isEnough: (String) -> Bool) -> Bool {
    waitUntil(seconds) { isEnough(collected.errors.withLock { String(decoding: $0, as: UTF8.self) }) }
  }

  /// Waits for the process to end; one that hangs is killed, which shows in its status.
  func wait(seconds: Double = 900) -> Command.Outcome {
    if !waitUntil(seconds, { !process.isRunning }) { send(SIGKILL) }
    process.waitUntilExit()
    readers.wait()
    let ending = process.terminationReason == .exit ? 0 : Int32(128)
    return Command.Outcome(
      status: ending + process.terminationStatus, outputBytes: collected.output.withLock { $0 },
      errors: collected.errors.withLock { String(decoding: $0, as: UTF8.self) })
  }
}

/// Starts processes that receive signals: tests run on threads that block them, and a process inherits the mask.
private func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
  var (none, before) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  try body()
}

/// Checks a condition every few milliseconds.
func waitUntil(_ seconds: Double, _ condition: () -> Bool) -> Bool {
  let end = Date(timeIntervalSinceNow: seconds)
  while !condition() {
    guard Date() < end else { return false }
    usleep(5000)
  }
  return true
}

extension Thread {
  /// Runs a body on a separate thread, for which a group then waits.
  fileprivate static func detach(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    detachNewThread {
      body()
      group.leave()
    }
  }
}

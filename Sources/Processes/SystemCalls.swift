import FoundationEssentials
import Glibc

// The calls into the C library whose arguments are pointers.

/// A file descriptor that is closed with its owner.
final class Descriptor {
  let number: Int32
  init(_ number: Int32) { self.number = number }
  deinit { _ = close(number) }
}

/// A pipe that other programs do not inherit, with a non-blocking reading end.
func openPipe() throws(ShellError) -> (reading: Descriptor, writing: Descriptor) {
  var numbers: [Int32] = [-1, -1]
  guard unsafe pipe(&numbers) == 0 else { throw ShellError(code: errno) }
  let (reading, writing) = (Descriptor(numbers[0]), Descriptor(numbers[1]))
  for number in numbers { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
  _ = fcntl(reading.number, F_SETFL, O_NONBLOCK)
  return (reading, writing)
}

/// The available bytes, at most `count`; empty at the end of the file, nil if none are available yet.
func readAvailable(_ file: Descriptor, count: Int) -> [UInt8]? {
  var buffer = [UInt8](repeating: 0, count: count)
  let found = unsafe buffer.withUnsafeMutableBytes { unsafe read(file.number, $0.baseAddress, $0.count) }
  guard found >= 0 else { return errno == EAGAIN || errno == EINTR ? nil : [] }
  return Array(buffer.prefix(found))
}

/// Waits until a descriptor has bytes or is at its end, or the time is up.
func waitForOutput(of numbers: [Int32], milliseconds: Int32) {
  var queries = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  _ = unsafe poll(&queries, nfds_t(queries.count), milliseconds)
}

/// How a child process ended; nil while it runs.
func ending(of process: pid_t) -> ShellOutcome.Ending? {
  var status: Int32 = 0
  let found = unsafe waitpid(process, &status, WNOHANG)
  if found == 0 || (found < 0 && errno == EINTR) { return nil }
  // The system may discard exit codes, if this process inherited an ignored SIGCHLD; the output must suffice then.
  guard found == process else { return .exited(0) }
  let signal = status & 0x7F
  return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal)
}

/// Starts `/bin/sh` in its own process group, without input.
func spawnShell(_ command: ShellCommand, output: Descriptor, errors: Descriptor) throws(ShellError) -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  var attributes = posix_spawnattr_t()
  unsafe posix_spawn_file_actions_init(&actions)
  unsafe posix_spawnattr_init(&attributes)
  defer {
    unsafe posix_spawn_file_actions_destroy(&actions)
    unsafe posix_spawnattr_destroy(&attributes)
  }
  unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  unsafe posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO)
  unsafe posix_spawn_file_actions_adddup2(&actions, errors.number, STDERR_FILENO)
  setSignals(of: &attributes)
  var process: pid_t = 0
  let words = ["/bin/sh", "-c", command.line, "sh"] + command.arguments
  let variables = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
  let code = unsafe withPointers(to: words) { words in
    unsafe withPointers(to: variables.map { "\($0)=\($1)" }) { variables in
      unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, words, variables)
    }
  }
  guard code == 0 else { throw ShellError(code: code) }
  return process
}

/// Sets a new process group, unblocks all signals, and restores the defaults for SIGPIPE and SIGXFSZ, which the commands
/// ignore.
private func setSignals(of attributes: inout posix_spawnattr_t) {
  var (none, defaults) = (sigset_t(), sigset_t())
  unsafe sigemptyset(&none)
  unsafe sigemptyset(&defaults)
  unsafe sigaddset(&defaults, SIGPIPE)
  unsafe sigaddset(&defaults, SIGXFSZ)
  unsafe posix_spawnattr_setsigmask(&attributes, &none)
  unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
  unsafe posix_spawnattr_setpgroup(&attributes, 0)
  unsafe posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
}

/// Passes the texts as C strings, with a null pointer after the last.
private func withPointers<Result>(
  to texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe body(&pointers)
}

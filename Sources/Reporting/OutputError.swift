import Formatting
import Glibc

/// Why results could not be written.
public enum OutputError: Error, Equatable, Sendable {
  /// The reader of the pipe is gone, like `head` once it has enough.
  case outputClosed
  /// The device behind standard output has no space left.
  case outputFull
  /// Another reason, in the system's words.
  case failed(reason: String)

  init(errorNumber: Int32) {
    switch errorNumber {
    case EPIPE: self = .outputClosed
    case ENOSPC, EDQUOT: self = .outputFull
    case EFBIG:
      self = .failed(reason: "the file would exceed the greatest size allowed; raise the limit (ulimit -f)")
    default: self = .failed(reason: Readable.systemError(errorNumber))
    }
  }
}

extension OutputError: CustomStringConvertible {
  /// The message for the user.
  public var description: String {
    switch self {
    case .outputClosed: "standard output was closed before everything was written"
    case .outputFull: "cannot write to standard output: no space left; free some and run again"
    case .failed(let reason): "cannot write to standard output: \(reason)"
    }
  }
}

/// Why a run cannot be resumed.
public enum ResumeError: Error, Equatable, CustomStringConvertible {
  /// There is no checkpoint.
  case nothingToResume(path: String)
  /// Neither the newest checkpoint nor the previous one can be read.
  case allDamaged(reasons: [String])
  /// The file is not a valid checkpoint.
  case damaged(path: String, reason: String)
  /// The run was started with different data or settings.
  case differentRun(path: String, found: String, expected: String)
  /// The run was started with another optimizer, whose state this one cannot use.
  case differentOptimizer(path: String, found: String, expected: String)

  /// The problem and how to fix it.
  public var description: String {
    switch self {
    case .nothingToResume(let path):
      "there is no checkpoint '\(path)' to resume from; leave out --resume to start a new run"
    case .allDamaged(let reasons):
      "no checkpoint can be resumed from: \(reasons.joined(separator: "; ")); leave out --resume to start anew"
    case .damaged(let path, let reason):
      "checkpoint '\(path)' cannot be resumed from: \(reason); leave out --resume to start anew"
    case .differentRun(let path, let found, let expected):
      """
      checkpoint '\(path)' is of a run with other data or settings (\(found), now \(expected)); \
      resume with the options it was started with, or choose another --model folder
      """
    case .differentOptimizer(let path, let found, let expected):
      """
      checkpoint '\(path)' holds the state of optimizer '\(found)', not of '\(expected)'; \
      resume with --optimizer \(found), or choose another --model folder
      """
    }
  }
}

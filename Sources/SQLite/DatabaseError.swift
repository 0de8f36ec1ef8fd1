/// Why a database does not do what it is asked for.
public struct DatabaseError: Error, Equatable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Equatable {
    /// The disk is full.
    case full
    /// Another program is writing.
    case busy
    /// The file is no database, or a damaged one.
    case damaged
    /// The file belongs to another program, or to a newer version of this one.
    case foreign
    /// The file cannot be opened or written.
    case unreachable
    /// A statement breaks a rule of its table, such as a name that must be unique.
    case constraint
    /// Anything else.
    case other
  }

  /// The path of the file; "" for a database in memory.
  public var path: String
  /// What went wrong.
  public var kind: Kind
  /// What SQLite says about it.
  public var problem: String

  /// An error.
  public init(path: String, kind: Kind, problem: String) {
    (self.path, self.kind, self.problem) = (path, kind, problem)
  }

  /// What is wrong, and what to do next.
  public var description: String {
    let name = path.isEmpty ? "the database in memory" : "'\(path)'"
    let hint =
      switch kind {
      case .full: "; free space on the disk and try again"
      case .busy: "; another program is writing to it: try again when it is done"
      case .damaged: "; name another file, or put back a copy of it"
      case .foreign: "; name another file"
      case .unreachable: "; its folder must exist, and this program must be allowed to write there"
      case .constraint, .other: ""
      }
    return "\(name): \(problem)\(hint)"
  }
}

import Formatting

/// What a command says about itself in `--help` and `--version`.
public struct CommandDescription: Sendable {
  /// The version of this package, which all its commands share.
  public static let packageVersion = Formatting.packageVersion

  /// A command line to learn from.
  public struct Example: Sendable {
    let explanation, command: String

    /// - Parameters:
    ///   - explanation: what the command line does, one line.
    ///   - command: what to type; may hold several lines.
    public init(_ explanation: String, _ command: String) {
      (self.explanation, self.command) = (explanation, command)
    }
  }

  /// The name that messages begin with.
  public let name: String
  /// What the command does, one line.
  public let summary: String
  /// The shortest useful command lines, without the command's name.
  public let usage: [String]
  /// Command lines to learn from.
  public let examples: [Example]
  /// What stands behind the options, in paragraphs.
  public let discussion: String
  /// Commands that belong to this one, for its man page.
  public let related: [String]
  /// Lines for `--version` under name and version; asked for only then.
  public let versionDetails: @Sendable () -> [String]

  /// A description of the command `name`.
  ///
  /// - Parameters:
  ///   - name: the name that messages begin with.
  ///   - summary: what the command does, one line.
  ///   - usage: the shortest useful command lines, without the command's name.
  ///   - examples: command lines to learn from.
  ///   - discussion: what stands behind the options; an empty line separates paragraphs, and a line that
  ///     begins with a space is not wrapped.
  ///   - related: commands that belong to this one, for its man page.
  ///   - versionDetails: lines for `--version`, such as the matrix kernels in use.
  public init(
    name: String, summary: String, usage: [String] = ["[options]"], examples: [Example] = [],
    discussion: String = "", related: [String] = [],
    versionDetails: @escaping @Sendable () -> [String] = { [] }
  ) {
    (self.name, self.summary, self.usage) = (name, summary, usage)
    (self.examples, self.discussion, self.related) = (examples, discussion, related)
    self.versionDetails = versionDetails
  }

  var versionText: String {
    (["\(name) \(Self.packageVersion)"] + versionDetails()).joined(separator: "\n") + "\n"
  }
}

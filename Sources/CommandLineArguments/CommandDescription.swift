import Formatting

/// A command's name, summary, usage and examples, for `--help`, `--version` and its man page.
public struct CommandDescription: Sendable {
  /// The version of this package, which all its commands share.
  public static let packageVersion = Formatting.packageVersion

  /// An example of a command line.
  public struct Example: Sendable {
    let explanation, command: String

    /// - Parameters:
    ///   - explanation: what the command line does, in one line.
    ///   - command: what to type; may have several lines.
    public init(_ explanation: String, _ command: String) {
      (self.explanation, self.command) = (explanation, command)
    }
  }

  /// The command's name, which begins its messages.
  public let name: String
  /// What the command does, in one line.
  public let summary: String
  /// The shortest useful command lines, without the command's name.
  public let usage: [String]
  /// Example command lines.
  public let examples: [Example]
  /// Background on the options, in paragraphs.
  public let discussion: String
  /// Related commands, for the man page.
  public let related: [String]
  /// Lines below name and version in the output of `--version`; only called for that.
  public let versionDetails: @Sendable () -> [String]

  /// A description of the command `name`.
  ///
  /// - Parameters:
  ///   - name: the command's name, which begins its messages.
  ///   - summary: what the command does, in one line.
  ///   - usage: the shortest useful command lines, without the command's name.
  ///   - examples: example command lines.
  ///   - discussion: background on the options; empty lines separate paragraphs, and paragraphs with a line that begins
  ///     with a space are not wrapped.
  ///   - related: related commands, for the man page.
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

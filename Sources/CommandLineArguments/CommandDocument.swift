/// What a command says about itself, made of its description and its options.
package enum CommandDocument: Sendable, Equatable {
  /// The help text: all options, or those that most people need where some are marked as common.
  case help
  /// The help text with all options.
  case allHelp
  case version
  /// A page for `man`, in roff.
  case manPage
  /// A script that completes the command's options in a shell.
  case completion(CompletionShell)

  /// Prints the man page, for `tools/install`; in no help text.
  static let manPageOption = "--generate-man-page"
  /// Prints a completion script, for `tools/install`; in no help text.
  static let completionOption = "--generate-completion"
}

/// Shells that complete options.
package enum CompletionShell: String, CaseIterable, ArgumentValue {
  case bash, zsh, fish
}

extension CommandArguments {
  /// The text of a document, with a line end.
  ///
  /// - Parameters:
  ///   - document: what is to be said.
  ///   - width: the columns of the terminal, for help texts.
  /// - Returns: the text.
  package static func text(of document: CommandDocument, width: Int = 80) -> String {
    switch document {
    case .help: HelpText(command, sections, isBrief: hasAdvancedOptions, width: width).text
    case .allHelp: HelpText(command, sections, isBrief: false, width: width).text
    case .version: command.versionText
    case .manPage: ManPage(command, sections).text
    case .completion(.bash): BashCompletion(command, sections).text
    case .completion(.zsh): ZshCompletion(command, sections).text
    case .completion(.fish): FishCompletion(command, sections).text
    }
  }
}

/// A document generated from a command's description and options.
package enum CommandDocument: Sendable, Equatable {
  /// The help text, with the common options, or all options if none are marked as common.
  case help
  /// The help text with all options.
  case allHelp
  case version
  /// A page for `man`, in roff.
  case manPage
  /// A script that completes the command's options in a shell.
  case completion(CompletionShell)

  /// Prints the man page, for `tools/install`; not listed in help texts.
  static let manPageOption = "--generate-man-page"
  /// Prints a completion script, for `tools/install`; not listed in help texts.
  static let completionOption = "--generate-completion"
}

/// Shells for which completion scripts are generated.
package enum CompletionShell: String, CaseIterable, ArgumentValue {
  case bash, zsh, fish
}

extension CommandArguments {
  /// The text of a document, ending in a newline.
  ///
  /// - Parameters:
  ///   - document: which document.
  ///   - width: the number of columns of the terminal, for help texts.
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

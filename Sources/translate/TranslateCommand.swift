import CommandLineArguments
import Files
import Glibc
import Reporting
import Translation

@main enum TranslateCommand {
  static func main() {
    runCommand(TranslateArguments.self) { arguments in
      let translator = try Translator(modelFolders: arguments.model, options: arguments.translationOptions)
      let reader = try LineReader(path: arguments.input)
      let output = try ResultOutput(path: arguments.output, format: arguments.format)
      var notices = Notices()
      let progress = arguments.showsProgress ? ProgressBar("line", total: nil) : nil
      try translator.translate(reader) { results in
        for result in results {
          try output.write(result)
          notices.note(result)
        }
        try output.flush()
        progress?.update(results.last?.lineNumber ?? 0)
      }
      progress?.finish()
      try output.finish()
      notices.summarise()
    }
  }
}

extension TranslateArguments {
  /// A bar helps only where nobody types and no translation runs through it.
  fileprivate var showsProgress: Bool {
    let reads = input == "-" && isatty(STDIN_FILENO) == 1
    let writes = output == "-" && isatty(STDOUT_FILENO) == 1
    return !reads && !writes && isatty(STDERR_FILENO) == 1
  }
}

import CommandLineArguments
import Files
import Glibc
import Reporting
import Tensors
import Translation

@main enum TranslateCommand {
  static func main() {
    runCommand(TranslateArguments.self) { arguments, _ in
      endIdleMatrixThreads()
      // Before the model is read, which takes its time: a wrong path should be known at once.
      let reader = try LineReader(path: arguments.files.input)
      let output = try ResultOutput(path: arguments.files.output, format: arguments.format)
      let translator = try Translator(
        modelFolders: arguments.files.model, request: arguments.request,
        options: arguments.translationOptions)
      var notices = Notices()
      try translate(reader, by: translator, showsProgress: arguments.showsProgress) { results in
        for result in results {
          try output.write(result)
          notices.note(result)
        }
        try output.flush()
      }
      try output.finish()
      notices.summarize()
    }
  }

  /// Translates everything under a progress bar, which is gone afterwards, also where the work fails.
  private static func translate(
    _ reader: LineReader, by translator: Translator, showsProgress: Bool,
    emit: ([TranslationResult]) throws -> Void
  ) throws {
    let progress = showsProgress ? ProgressBar("line", total: nil) : nil
    defer { progress?.finish() }
    try translator.translate(reader) { results in
      try emit(results)
      progress?.update(results.last?.lineNumber ?? 0)
    }
  }
}

extension TranslateArguments {
  /// A bar helps only where nobody types and no translation runs through it.
  fileprivate var showsProgress: Bool {
    let reads = files.input == "-" && isatty(STDIN_FILENO) == 1
    let writes = files.output == "-" && isatty(STDOUT_FILENO) == 1
    return !reads && !writes && isatty(STDERR_FILENO) == 1
  }
}

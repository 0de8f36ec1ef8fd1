import CommandLineArguments
import Files
import Glibc
import Reporting
import Translation

@main enum TranslateCommand {
  static func main() {
    runCommand(TranslateArguments.self) { arguments, _ in
      MatrixKernels.endIdleThreads()
      if let format = try arguments.documents.format(of: arguments.files.input) {
        return try DocumentTask(arguments, format).run()
      }
      // Fail on a wrong path before reading the model, which takes time.
      let reader = try LineReader(path: arguments.files.input)
      let output = try ResultOutput(path: arguments.files.output, format: arguments.format)
      let watch = InterruptionWatch(output)
      defer { _ = watch }
      do {
        try translate(reader, to: output, arguments)
      } catch {
        output.keepPart()
        throw error
      }
    }
  }

  /// The translator, with notes about what it will do.
  static func makeTranslator(_ arguments: TranslateArguments) throws -> Translator {
    let translator = try Translator(
      modelFolders: arguments.files.model, request: arguments.request, options: arguments.translationOptions)
    if arguments.speed.compute == .auto {
      let types = Set(translator.service.computeTypes).sorted().joined(separator: " and ")
      Console.standardError.message(
        "translate: note: matrix products are computed in \(types), the faster type here")
    }
    for option in try translator.service.idleOptions(of: arguments.request) {
      Console.standardError.message("translate: note: \(option)")
    }
    return translator
  }

  private static func translate(
    _ reader: LineReader, to output: ResultOutput, _ arguments: TranslateArguments
  ) throws {
    let translator = try makeTranslator(arguments)
    var notices = Notices()
    try translate(reader, by: translator, showsProgress: arguments.showsProgress) { results in
      try output.write(results)
      for result in results { notices.note(result) }
    }
    try output.finish()
    notices.summarize()
  }

  /// Translates everything with a progress bar, which is removed afterwards, even after an error.
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
  /// A bar is useful only if neither input nor output is the terminal.
  var showsProgress: Bool {
    let reads = files.input == "-" && isatty(STDIN_FILENO) == 1
    let writes = files.output == "-" && isatty(STDOUT_FILENO) == 1
    return !reads && !writes && isatty(STDERR_FILENO) == 1
  }
}

import CommandLineArguments
import CorpusFormats
import Files
import Glibc
import Reporting
import Translation

@main enum TranslateCommand {
  static func main() {
    runCommand(TranslateArguments.self) { arguments, _ in
      MatrixKernels.endIdleThreads()
      if let format = arguments.files.inputFormat.document {
        return try TextDocumentTask(arguments, .text(format)).run()
      }
      if let format = arguments.package { return try TextDocumentTask(arguments, .package(format)).run() }
      if let format = try arguments.documents.format(of: arguments.files.input) {
        return try DocumentTask(arguments, format).run()
      }
      // Fail on a wrong path before reading the model, which takes time.
      let reader = try LineReader(path: arguments.files.input)
      let companion = try arguments.files.companion()
      let output = try ResultOutput(path: arguments.files.output, format: arguments.format)
      let watch = InterruptionWatch(output)
      defer { _ = watch }
      do {
        try translate(reader, companion, to: output, arguments)
      } catch {
        output.keepPart()
        throw error
      }
    }
  }

  /// The translator, with notes about what it will do.
  static func makeTranslator(_ arguments: TranslateArguments) throws -> Translator {
    var request = arguments.request
    let service = try TranslationService(
      modelFolders: arguments.files.model, options: arguments.translationOptions)
    try arguments.terms.apply(to: &request, of: service)
    let translator = try Translator(service, request: request)
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
    _ reader: LineReader, _ companion: CompanionLines?, to output: ResultOutput,
    _ arguments: TranslateArguments
  ) throws {
    let translator = try makeTranslator(arguments)
    var notices = Notices(
      flagBelow: arguments.confidence.flagBelow, hasGlossary: translator.request.glossary != nil)
    let progress = arguments.showsProgress ? ProgressBar("line", total: nil) : nil
    // Even after an error.
    defer { progress?.finish() }
    let format = arguments.files.inputFormat.lines ?? .text
    func write(_ results: [TranslationResult]) throws {
      try output.write(results)
      for result in results { notices.note(result) }
      progress?.update(results.last?.lineNumber ?? 0)
    }
    if arguments.files.input == "-", companion == nil, Prompt.isPossible {
      let language = translator.service.languages.source
      Console.standardError.message("translate: type a text and press Enter; Ctrl-D ends")
      let prompt = Prompt(language.isEmpty ? "> " : "\(language)> ")
      try translator.translate(
        format: format, alternativesAt: arguments.files.alternativesAt, asking: prompt.nextLine, emit: write)
    } else {
      try translator.translate(
        reader, format: format, companion: companion, alternativesAt: arguments.files.alternativesAt,
        emit: write)
    }
    progress?.finish()
    try output.finish()
    notices.summarize()
    if arguments.request.onlyScores { notices.summarizeScores(isList: arguments.files.scoreFormat == .nbest) }
  }
}

extension TranslateArguments {
  /// The format of the input, if it is a document that is a package, by --input-format or by its name.
  fileprivate var package: PackageFormat? {
    if let format = files.inputFormat.package { return format }
    return files.inputFormat == .text && documents.format == nil ? PackageFormat(ofName: files.input) : nil
  }

  /// A bar is useful only if neither input nor output is the terminal.
  var showsProgress: Bool {
    let reads = files.input == "-" && isatty(STDIN_FILENO) == 1
    let writes = files.output == "-" && isatty(STDOUT_FILENO) == 1
    return !reads && !writes && isatty(STDERR_FILENO) == 1
  }
}

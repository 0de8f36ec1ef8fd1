import CommandLineArguments
import CorpusFormats
import Files
import Glibc
import Reporting
import Translation

@main enum TranslateCommand {
  static func main() {
    runCommand(TranslateArguments.self) { arguments, given in
      MatrixKernels.endIdleThreads()
      if let number = arguments.shards.shard { return try ShardRun(arguments, given, number).run() }
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
      let progress = arguments.showsProgress ? ProgressBar("line", total: nil) : nil
      try keepingParts(of: output) {
        try translate(reader, companion, to: output, arguments, progress)
      }
    }
  }

  /// Translates, and says what is kept if that ends early.
  static func keepingParts(of output: ResultOutput, _ body: () throws -> Void) throws {
    // Without a file, signals end the process as usual.
    let watch = output.isFile ? InterruptionWatch { end in output.interrupt(end) } : nil
    defer { _ = watch }
    do { try body() } catch {
      output.keepPart()
      throw error
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

  /// Translates lines to an output.
  ///
  /// - Parameters:
  ///   - reader: the lines.
  ///   - companion: lines of another file that belong to them.
  ///   - output: where translations go; it is complete afterwards.
  ///   - arguments: how they are translated.
  ///   - progress: shows how many are done.
  ///   - done: the number of lines of the output that were translated before.
  /// - Throws: errors of reading, translating and writing.
  static func translate(
    _ reader: LineReader, _ companion: CompanionLines?, to output: ResultOutput,
    _ arguments: TranslateArguments, _ progress: ProgressBar?, done: Int = 0
  ) throws {
    let translator = try makeTranslator(arguments)
    var notices = Notices(
      flagBelow: arguments.confidence.flagBelow, hasGlossary: translator.request.glossary != nil)
    var done = done
    // Even after an error.
    defer { progress?.finish() }
    let format = arguments.files.inputFormat.lines ?? .text
    func write(_ results: [TranslationResult]) throws {
      try output.write(results)
      for result in results { notices.note(result) }
      done += results.count
      progress?.update(done)
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
    let words = try output.finish()
    if !words.isEmpty { Console.standardError.message("translate: \(words)") }
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

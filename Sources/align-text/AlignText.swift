import CommandLineArguments
import Files
import Formatting
import Reporting
import Text
import TextAlignment

@main enum AlignText {
  static func main() {
    runCommand(AlignTextArguments.self) { arguments, _ in try align(arguments) }
  }

  private static func align(_ arguments: AlignTextArguments) throws {
    let files = FilesToAlign(source: arguments.source, target: arguments.target, words: try words(arguments))
    let path = arguments.output
    // Before the long work.
    let file = path == "-" ? nil : try TextOutputFile(path: path)
    let output = StandardOutput()
    let bar = ProgressBar("align-text: step", total: nil)
    defer { bar.finish() }
    let show = { (phase: AlignmentPhase) in bar.show(phase) }
    let alignment = try TextAlignment([files], threads: arguments.threads, progress: show)
    try alignment.forEachPart(of: 0, by: arguments.symmetrization, progress: show) { part in
      if let file { try file.write(part) } else { try output.write(part) }
    }
    try file?.commit()
    try output.flush()
    bar.finish()
    let part =
      alignment.learned == alignment.count ? "" : " (learned from \(Readable.count(alignment.learned)))"
    Console.standardError.message("align-text: \(Readable.count(alignment.count)) pairs\(part)")
  }

  private static func words(_ arguments: AlignTextArguments) throws -> AlignedWords {
    guard arguments.vocabulary.isEmpty else {
      return AlignedWords(try TextPipeline(folder: arguments.vocabulary))
    }
    var settings = TextPipelineSettings()
    settings.tokenizer = arguments.tokenizer
    (settings.sourceLanguage, settings.targetLanguage) = (arguments.sourceLanguage, arguments.targetLanguage)
    return AlignedWords(try settings.withCanonicalLanguages())
  }
}

extension ProgressBar {
  /// Shows a step of the work.
  fileprivate func show(_ phase: AlignmentPhase) {
    switch phase {
    case .reading(let lines): update(0, "\(Readable.count(lines)) lines read")
    case .learning(let iterations, let total): update(iterations, "of \(total): learning")
    case .aligning(let lines, let total):
      update(0, "\(Readable.count(lines)) of \(Readable.count(total)) lines aligned")
    }
  }
}

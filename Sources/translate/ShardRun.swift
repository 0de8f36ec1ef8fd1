import CommandLineArguments
import CorpusFormats
import Files
import Formatting
import Reporting
import Translation
import TranslationShards

/// Translates a part of a huge text.
struct ShardRun {
  private let arguments: TranslateArguments
  private let number: ShardNumber
  private let settings: ShardSettings

  /// - Throws: `ArgumentError` if the text is a document, `FileError` if the model cannot be read.
  init(_ arguments: TranslateArguments, _ given: GivenOptions<TranslateArguments>, _ number: ShardNumber)
    throws
  {
    (self.arguments, self.number) = (arguments, number)
    let input = arguments.files.input
    let isDocument = try PackageFormat(ofName: input) != nil || arguments.documents.format(of: input) != nil
    guard !isDocument else {
      throw ArgumentError.conflict("'\(input)' is a document, but '--shard' divides lines of text")
    }
    var options = given.values(
      arguments, except: \.files.model, \.files.input, \.files.output, \.shards.shard, \.shards.resumes,
      \.speed.threads, \.speed.batchSize, \.speed.batchTokens)
    // Of a file, its contents count.
    for (name, path) in options where ["--glossary", "--shortlist"].contains(name) && fileExists(path) {
      options[name] = try fileChecksum(path: path)
    }
    settings = ShardSettings(model: try modelSums(arguments.files.model), options: options)
  }

  func run() throws {
    let task = try ShardTask(
      number, of: arguments.files.input, folder: arguments.files.output, settings: settings)
    if arguments.shards.resumes, let record = try task.finished() {
      return say("\(number) is translated already: \(Readable.count(record.output.lines)) lines")
    }
    guard let shard = try task.begin(resumes: arguments.shards.resumes, needsLineNumbers: needsLineNumbers)
    else { return say("\(number) has just been translated by another process") }
    let (lines, done) = (shard.lineCount, shard.translatedCount)
    if done > 0 {
      say("\(number) continues after \(Readable.count(done)) of \(Readable.count(lines)) lines")
    }
    let reader = try shard.rest.reader()
    let path = shard.path
    let output = ResultOutput(shard, format: arguments.format)
    if lines == done {
      // Of more shards than lines, some are empty; others were interrupted just before their end.
      say("\(number): \(Readable.count(lines)) lines in '\(path)'")
      return say(try output.finish())
    }
    let progress =
      arguments.showsProgress ? ProgressBar("line", total: lines, doneBefore: done) : nil
    try TranslateCommand.keepingParts(of: output) {
      try TranslateCommand.translate(reader, nil, to: output, arguments, progress, done: done)
    }
    say("\(number): \(Readable.count(lines)) lines in '\(path)'")
  }

  /// Whether results depend on the numbers of the lines in the whole text.
  private var needsLineNumbers: Bool {
    if arguments.sampling.isOn || arguments.sampling.candidates != nil { return true }
    return switch arguments.format {
    case .nBest, .ranked, .words, .json: true
    case .plain, .scored, .confident, .aligned, .softlyAligned: false
    }
  }

  private func say(_ message: String) { Console.standardError.message("translate: " + message) }
}

import CommandLineArguments
import CorpusFormats
import Files
import Formatting
import Reporting

@main enum ConvertCorpus {
  static func main() {
    runCommand(ConvertCorpusArguments.self) { arguments, _ in try convert(arguments) }
  }

  private static func convert(_ arguments: ConvertCorpusArguments) throws {
    var reader = try open(arguments)
    if let format = reader.format, format.isMonolingual, arguments.targetInput == nil {
      throw ConversionError.oneLanguage(path: arguments.input, format: format)
    }
    let output = try PairOutput(arguments, origin: reader.format)
    let included = Set(arguments.include.map(\.state))
    var summary = PairSummary()
    while let unit = try reader.next() {
      guard unit.state != .untranslated, included.contains(unit.state) else {
        summary.leaveOut(unit)
        continue
      }
      var isWritten = false
      for pair in unit.pairs where try output.write(pair, of: unit) { isWritten = true }
      if isWritten { summary.units += 1 } else { summary.empty += 1 }
    }
    guard output.count > 0 else {
      throw ConversionError.noPairs(
        path: arguments.input, left: summary.leftOut,
        languages: reader.seenLanguages.sorted())
    }
    try output.finish()
    summary.pairs = output.count
    for line in summary.lines(path: arguments.input, reader) {
      Console.standardError.message("convert-corpus: \(line)")
    }
  }

  private static func open(_ arguments: ConvertCorpusArguments) throws -> CorpusReader {
    let (source, target) = (arguments.sourceLanguage, arguments.targetLanguage)
    guard let second = arguments.targetInput else {
      return try CorpusReader(
        path: arguments.input, format: arguments.format, sourceLanguage: source, targetLanguage: target)
    }
    return try CorpusReader(
      path: arguments.input, targetPath: second, format: arguments.format, sourceLanguage: source,
      targetLanguage: target)
  }
}

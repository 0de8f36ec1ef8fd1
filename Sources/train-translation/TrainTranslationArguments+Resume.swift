import CommandLineArguments
import TrainingSession

extension TrainTranslationArguments {
  /// With `--resume` and without a text to train on, the options of the command that started the training; options that
  /// are given replace those.
  static func completed(_ words: [String]) throws(ArgumentError) -> [String] {
    try checkOrder(words)
    guard let given = try options(in: words), given["--resume"]?.last == "true",
      let model = given["--model"]?.last,
      given["--train-source"] == nil, given["--train-target"] == nil, given["--train"] == nil,
      given["--train-corpus"] == nil,
      given["--config"] == nil
    else { return words }
    let record = try recordedCommand(model)
    if let path = record.relativePath {
      throw .conflict(
        "the training in '\(model)' was started in '\(record.folder ?? "")', where its command names '\(path)'; go there "
          + "first, or give the whole command with --resume")
    }
    return try Self.words(
      words, continuing: Array(record.command.dropFirst()),
      without: ["--resume", "--overwrite", "--model", "--plan"])
  }

  /// Refuses a mixed order of text files and others where it could be misunderstood: weights, tags and alignments belong to
  /// the text files first.
  private static func checkOrder(_ words: [String]) throws(ArgumentError) {
    func position(_ option: String, last: Bool = false) -> Int? {
      let isOption = { (word: String) in word == option || word.hasPrefix("\(option)=") }
      return last ? words.lastIndex(where: isOption) : words.firstIndex(where: isOption)
    }
    for (text, other, options) in [
      ("--train-source", "--train", ["--train-weight", "--prefix-source", "--guided-alignment"]),
      ("--valid-source", "--valid", ["--valid-prefix-source"]),
    ] {
      guard let text = position(text, last: true).map({ (text, $0) }), let first = position(other),
        first < text.1, let option = options.first(where: { position($0) != nil })
      else { continue }
      throw .conflict(
        "'\(option)' counts the files of '\(text.0)' first, then those of '\(other)'; give '\(other)' after all "
          + "'\(text.0)', so that the order is clear")
    }
  }

  private static func recordedCommand(_ model: String) throws(ArgumentError) -> RecordedCommand {
    let record: RecordedCommand?
    do { record = try RecordedCommand.find(in: model) } catch { throw .conflict("\(error)") }
    guard let record, record.command.first?.hasSuffix("train-translation") ?? false else {
      throw .conflict(
        "'\(model)' has no record of the command that started its training; give the whole command with --resume"
      )
    }
    return record
  }

  /// The command line that stands for this one, without an earlier one.
  static func wholeCommand(_ words: [String]) -> [String] {
    words.prefix(1) + ((try? completed(Array(words.dropFirst()))) ?? Array(words.dropFirst()))
  }
}

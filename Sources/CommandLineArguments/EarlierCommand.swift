/// Command lines that continue earlier ones.
extension CommandArguments {
  /// The options in the words of a command line with their values, by long names; a configuration file is the value of
  /// `--config`, a flag has the value `true` or `false`.
  ///
  /// - Returns: nil if the words ask for a document, such as the help text.
  /// - Throws: `ArgumentError` for words that are no options.
  package static func options(in words: [String]) throws(ArgumentError) -> [String: [String]]? {
    var reader = WordReader(words, options)
    guard try reader.read() == nil else { return nil }
    return reader.valuesByName
  }

  /// The words of a command line preceded by those options of an earlier one that it does not give again.
  ///
  /// - Parameters:
  ///   - words: the command line without the command's name.
  ///   - earlier: the earlier one.
  ///   - names: options of the earlier one to leave out, by long names.
  /// - Returns: the words of one command line.
  /// - Throws: `ArgumentError` for words that are no options.
  package static func words(
    _ words: [String], continuing earlier: [String], without names: Set<String>
  ) throws(ArgumentError) -> [String] {
    let given = try options(in: words) ?? [:]
    var reader = WordReader(earlier, options)
    _ = try reader.read()
    return reader.words { given[$0] == nil && !names.contains($0) } + words
  }
}

extension WordReader {
  fileprivate var valuesByName: [String: [String]] {
    var values: [String: [String]] = [:]
    for (option, words) in given { values[option.name, default: []] += words }
    if !configurationPaths.isEmpty { values[OptionForm.configuration.name] = configurationPaths }
    return values
  }

  /// The options as words again; values are attached, since they may begin with dashes.
  fileprivate func words(where isWanted: (_ name: String) -> Bool) -> [String] {
    let files = isWanted(OptionForm.configuration.name) ? configurationPaths : []
    return files.map { "\(OptionForm.configuration.name)=\($0)" }
      + given.filter { isWanted($0.option.name) }.flatMap { option, words in
        words.map { "\(option.name)=\($0)" }
      }
  }
}

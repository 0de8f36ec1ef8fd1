import Files

/// The first line in which the files of two vocabularies differ in a way that changes the ids of a text.
public struct VocabularyDifference: Error, Equatable {
  /// A line of a file; its text is nil if the file has ended before it.
  public struct Line: Sendable, Equatable {
    /// The file.
    public let path: String
    /// The text of the line.
    public let text: String?
  }

  /// The line's number, from 1.
  public let number: Int
  /// The line in the given vocabulary.
  public let given: Line
  /// The line in the expected vocabulary.
  public let expected: Line

  /// The first difference; nil if there is none.
  ///
  /// What does not change ids is ignored: the requested number of merges, minimum frequencies, sentences per line.
  ///
  /// - Parameters:
  ///   - given: a pipeline.
  ///   - folder: the folder from which it was read.
  ///   - expected: the pipeline that it should equal.
  ///   - expectedFolder: the folder from which that was read.
  public init?(
    _ given: TextPipeline, in folder: String, from expected: TextPipeline, in expectedFolder: String
  ) {
    for (file, other) in zip(given.comparedFiles(expected), expected.comparedFiles(expected)) {
      let (lines, others) = (textLines(of: file.contents), textLines(of: other.contents))
      let common = zip(lines, others).prefix { $0 == $1 }.count
      guard common < max(lines.count, others.count) else { continue }
      func line(_ lines: [ArraySlice<UInt8>], _ path: String) -> Line {
        Line(
          path: path, text: common < lines.count ? String(decoding: lines[common], as: UTF8.self) : nil)
      }
      number = common + 1
      self.given = line(lines, "\(folder)/\(file.name)")
      self.expected = line(others, "\(expectedFolder)/\(other.name)")
      return
    }
    return nil
  }
}

extension VocabularyDifference: CustomStringConvertible {
  /// Both files, the line, and what to do about it.
  public var description: String {
    func words(_ line: Line) -> String { line.text.map { "'\($0)'" } ?? "at its end" }
    return "'\(given.path)' and '\(expected.path)' differ: line \(number) is \(words(given)) in the first "
      + "and \(words(expected)) in the second, and weights belong to the vocabulary that they were trained with; "
      + "leave out --vocab to use the model's own, or train a new model without --initialize-from"
  }
}

extension TextPipeline {
  /// The files to compare, by name; the settings come first, since they determine which others there are.
  fileprivate func comparedFiles(_ other: TextPipeline) -> [(name: String, contents: [UInt8])] {
    var settings = settings
    (settings.merges, settings.minimumFrequency) = (other.settings.merges, other.settings.minimumFrequency)
    settings.minimumCharacterFrequency = other.settings.minimumCharacterFrequency
    settings.sentencesPerLine = other.settings.sentencesPerLine
    settings.learnedMerges = other.settings.learnedMerges
    let name = VocabularyFolder.settings
    // This cannot fail: the settings are strings, numbers and Booleans.
    return [(name, (try? jsonContents(settings, path: name)) ?? [])]
      + TextPipeline.Side.allCases.flatMap { segmentation($0).comparedFiles }
  }
}

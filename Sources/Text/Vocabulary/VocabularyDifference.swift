import Files

/// The first line in which the files of two vocabularies differ so that they make other ids of a text.
public struct VocabularyDifference: Error, Equatable {
  /// A line of a file; no text where the file has ended.
  public struct Line: Sendable, Equatable {
    /// The file.
    public let path: String
    /// The text of the line.
    public let text: String?
  }

  /// The line's number, from 1.
  public let number: Int
  /// The line in the one vocabulary.
  public let given: Line
  /// The line in the other.
  public let expected: Line

  /// What differs first; nil where nothing does.
  ///
  /// How many merges were asked for, and how frequent tokens had to be, does not count where the same was learned.
  ///
  /// - Parameters:
  ///   - given: a pipeline.
  ///   - folder: where it was read.
  ///   - expected: what it should be.
  ///   - expectedFolder: where that was read.
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
  /// Both files, the line, and what to do.
  public var description: String {
    func words(_ line: Line) -> String { line.text.map { "'\($0)'" } ?? "at its end" }
    return "'\(given.path)' and '\(expected.path)' differ: line \(number) is \(words(given)) in the first "
      + "and \(words(expected)) in the second, and weights belong to the vocabulary that they were trained with; "
      + "leave out --vocab to use the model's own, or train a new model without --initialize-from"
  }
}

extension TextPipeline {
  /// The files to compare, by name; settings come first, since they say which others there are.
  fileprivate func comparedFiles(_ other: TextPipeline) -> [(name: String, contents: [UInt8])] {
    var settings = settings
    (settings.merges, settings.minimumFrequency) = (other.settings.merges, other.settings.minimumFrequency)
    let name = VocabularyFolder.settings
    // Texts, numbers and truth values, all of which JSON can hold.
    return [(name, (try? jsonContents(settings, path: name)) ?? [])] + segmentationFiles
  }
}

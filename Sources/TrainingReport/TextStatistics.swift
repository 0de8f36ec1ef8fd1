import Files
import ModelFolders
import Text
import Tokens

/// Lengths and subwords of one side of a text.
struct SideStatistics {
  /// Subwords of each line, without `</s>`.
  var lengths: [Double] = []
  /// Words, also those of one subword, of two, and so on; the last are those of so many or more.
  var words = 0
  var wordsByLength = [Int](repeating: 0, count: 6)
  var subwords = 0
  var unknown = 0

  /// Counts a line.
  mutating func add(_ line: [UInt8], _ side: TextPipeline.Side, _ pipeline: TextPipeline) {
    let sentence = pipeline.encode(line, side: side)
    lengths.append(Double(sentence.ids.count))
    subwords += sentence.ids.count
    unknown += sentence.ids.count { $0 == pipeline.specialTokens.unknown }
    for length in pipeline.wordLengths(sentence, side: side) where length > 0 {
      words += 1
      wordsByLength[min(Int(length), wordsByLength.count) - 1] += 1
    }
  }
}

/// Lengths and subwords of the beginnings of the training files.
struct TextStatistics {
  var source = SideStatistics()
  var target = SideStatistics()
  /// Files that were read, and those that could not be.
  var files: [String] = []
  var unread: [String] = []

  /// Lines that are read, of all files together: enough for figures, and read in a second.
  static let lines = 6000

  /// Reads the beginnings of the files that a manifest names.
  ///
  /// - Parameters:
  ///   - manifest: the contents of `training.json`.
  ///   - folder: the model folder, whose training may have been started in another place.
  ///   - pipeline: the model's vocabulary.
  init(_ manifest: JSONTree, _ folder: ModelFolder, _ pipeline: TextPipeline) {
    guard case .array(let records)? = manifest["train_files"] else { return }
    let pairs = records.compactMap { record -> (String, String)? in
      guard case .string(let source)? = record["source"], case .string(let target)? = record["target"] else {
        return nil
      }
      return (source, target)
    }
    let start = startFolder(folder)
    for (source, target) in pairs {
      let paths = [source, target].map { place(of: $0, from: start) }
      do {
        guard let from = paths[0], let to = paths[1] else { throw FileError.notFound(path: source) }
        try read(from, to, limit: max(200, Self.lines / pairs.count), pipeline)
        files.append(source)
      } catch {
        unread.append(source)
      }
    }
  }

  private mutating func read(_ source: String, _ target: String, limit: Int, _ pipeline: TextPipeline)
    throws(FileError)
  {
    let (from, to) = (try LineReader(path: source), try LineReader(path: target))
    var count = 0
    while count < limit, let line = try from.next(), let other = try to.next() {
      guard !line.isEmpty, !other.isEmpty else { continue }
      self.source.add(line, .source, pipeline)
      self.target.add(other, .target, pipeline)
      count += 1
    }
  }
}

/// The folder that a training was started in; nil if that is not recorded.
private func startFolder(_ folder: ModelFolder) -> String? {
  guard case .string(let start)? = try? readJSONTree(path: "\(folder.checkpoints)/command.json")["folder"]
  else { return nil }
  return start
}

/// A regular file by its path, as it is or from where the training was started; nil if there is none.
private func place(of path: String, from start: String?) -> String? {
  if regularFileExists(path) { return path }
  guard let start, !path.hasPrefix("/"), regularFileExists("\(start)/\(path)") else { return nil }
  return "\(start)/\(path)"
}

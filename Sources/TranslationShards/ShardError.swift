/// Why a shard is not translated, or shards are not joined.
public enum ShardError: Error, Equatable {
  /// A folder has shards of several divisions.
  case mixed(folder: String, counts: [Int])
  /// A folder has shards of another division.
  case otherCount(folder: String, found: Int, wanted: Int)
  /// A shard was made with another model or other options.
  case otherSettings(path: String, difference: String)
  /// A shard was made from another text.
  case otherInput(path: String, input: String)
  /// The text changed while it was translated.
  case inputChanged(path: String)
  /// There are no shards.
  case none(folder: String)
  /// Shards are missing.
  case incomplete(folder: String, words: String, missing: [Int])
  /// A file is not what its record says.
  case damaged(path: String, found: String, expected: String, shard: ShardNumber)
  /// Records contradict each other.
  case contradiction(path: String, other: String, what: String)
}

extension ShardError: CustomStringConvertible {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .mixed(let folder, let counts):
      "folder '\(folder)' has shards of several divisions: of \(counts.map(String.init).joined(separator: " and of ")); "
        + "keep one, and move the others away"
    case .otherCount(let folder, let found, let wanted):
      "folder '\(folder)' has shards of \(found), not of \(wanted); say --shard i/\(found), or choose another folder"
    case .otherSettings(let path, let difference):
      "'\(path)' was made with \(difference); choose another folder, or remove it"
    case .otherInput(let path, let input):
      "'\(path)' was made from other text than '\(input)' has now; choose another folder, or remove it"
    case .inputChanged(let path):
      "'\(path)' was changed while it was translated; leave it alone, and translate again"
    case .none(let folder):
      "folder '\(folder)' has no shards; write them with: translate --output \(folder) --shard i/n"
    case .incomplete(let folder, let words, let missing):
      "\(words) in folder '\(folder)'; translate the others first, with --resume: \(rangesText(missing))"
    case .damaged(let path, let found, let expected, let shard):
      "'\(path)' has \(found), but its record says \(expected); remove it, and translate \(shard) again"
    case .contradiction(let path, let other, let what):
      "'\(path)' and '\(other)' do not belong together: \(what); translate one of them again"
    }
  }
}

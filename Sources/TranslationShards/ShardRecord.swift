public import Files

/// What determines the translations of a shard besides its text.
public struct ShardSettings: Sendable, Equatable, Codable {
  /// The checksum of the model; of an ensemble, those of all models, in order.
  public var model: [String]
  /// The options on which translations depend, by name.
  public var options: [String: String]

  /// Settings.
  public init(model: [String], options: [String: String]) { (self.model, self.options) = (model, options) }

  /// What differs, for a message; nil if nothing does.
  func difference(from other: ShardSettings) -> String? {
    if model != other.model { return "another model" }
    let names = Set(options.keys).union(other.options.keys).sorted().filter {
      options[$0] != other.options[$0]
    }
    guard let name = names.first else { return nil }
    let words = [options[name], other.options[name]].map { value in
      value.map { $0.isEmpty ? name : "\(name) \($0)" } ?? "no \(name)"
    }
    return "other options (\(words[0]), now \(words[1]))"
  }
}

/// A shard as a JSON file describes it: the translation that is there, and what it was made from.
public struct ShardRecord: Sendable, Equatable, Codable {
  /// The lines of the input that a shard has.
  public struct Input: Sendable, Equatable, Codable {
    /// The file, as it was named.
    public var path: String
    /// The file when the shard was begun.
    public var file: FileStamp
    /// The size of the whole text in bytes, decompressed.
    public var size: Int
    /// Where the shard begins in it.
    public var from: Int
    /// Where it ends.
    public var to: Int
    /// The number of lines.
    public var lines: Int
    /// The SHA-256 of these bytes.
    public var sha256: String
  }

  /// What is translated.
  public struct Output: Sendable, Equatable, Codable {
    /// The number of lines of the input that are translated.
    public var lines = 0
    /// The number of lines written; with lists of translations, more than one for each line.
    public var written = 0
    /// The bytes written.
    public var bytes = 0
    /// The SHA-256 of these bytes.
    public var sha256 = SHA256Sum().digits
  }

  /// Which shard.
  public var shard: Int
  /// Of how many.
  public var shards: Int
  /// What is translated.
  public var input: Input
  /// How.
  public var settings: ShardSettings
  /// The translation.
  public var output: Output

  var number: ShardNumber { ShardNumber(shard, of: shards) }
  /// Whether all lines are translated.
  public var isWhole: Bool { output.lines == input.lines }

  /// Reads a record.
  ///
  /// - Throws: `FileError` if there is none, or it is damaged.
  static func read(_ path: String, of number: ShardNumber) throws(FileError) -> ShardRecord {
    let record: ShardRecord = try readJSON(path: path)
    guard record.shard == number.number, record.shards == number.count else {
      throw .invalidFormat(
        path: path, place: "", found: "shard \(record.shard) of \(record.shards)", expected: "\(number)",
        hint: "remove the file, and translate the shard again")
    }
    return record
  }
}

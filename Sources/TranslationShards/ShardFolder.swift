import Files

/// The folder of all shards of a text: for each, a translation, and a record of what it was made from.
///
/// Processes on any number of machines share nothing else.
public struct ShardFolder: Sendable {
  /// Its path.
  public let path: String
  /// The name of a file with one line for people, on how many shards are whole.
  static let progressName = "progress.txt"

  /// A folder; nothing is read yet.
  public init(_ path: String) { self.path = path }

  /// The translation of a shard.
  public func output(_ number: ShardNumber) -> String { "\(path)/\(number.name)" }
  /// The record of a whole shard.
  func record(_ number: ShardNumber) -> String { output(number) + ".json" }
  /// The record of a shard that is not whole: what is surely in the file that grows.
  func partialRecord(_ number: ShardNumber) -> String { output(number) + ".partial.json" }

  /// What there is of the shards.
  public struct Listing: Sendable, Equatable {
    /// How many shards there should be.
    public var count: Int
    /// Those that are whole, as far as names tell.
    public var whole: [Int] = []
    /// Those that are begun.
    public var begun: [Int] = []
    /// All that are not whole.
    public var missing: [Int] {
      let whole = Set(whole)
      return (1...count).filter { !whole.contains($0) }
    }
  }

  /// Looks at the names of the files.
  ///
  /// - Returns: nil if there is no shard.
  /// - Throws: `FileError` if the folder cannot be read, ``ShardError/mixed(folder:counts:)``.
  public func listing() throws -> Listing? {
    let names = Set(try fileNames(in: path))
    var (whole, begun): ([ShardNumber], [ShardNumber]) = ([], [])
    for name in names.sorted() {
      if let number = ShardNumber(name: name), names.contains(name + ".json") { whole.append(number) }
      if name.hasSuffix(".partial"), let number = ShardNumber(name: name.dropLast(".partial".count)) {
        begun.append(number)
      }
    }
    let counts = Set((whole + begun).map(\.count)).sorted()
    guard let count = counts.first else { return nil }
    guard counts.count == 1 else { throw ShardError.mixed(folder: path, counts: counts) }
    let numbers = Set(whole.map(\.number))
    return Listing(
      count: count, whole: whole.map(\.number), begun: begun.map(\.number).filter { !numbers.contains($0) })
  }

  /// Writes the line for people.
  ///
  /// Other processes may write it at the same time, so it is compared with the folder once more.
  ///
  /// - Returns: the line.
  func writeProgress() throws -> String {
    var line = ""
    while let listing = try listing(), listing.words != line {
      line = listing.words
      try writeFileAtomically(path: "\(path)/\(Self.progressName)", contents: Array((line + "\n").utf8))
    }
    return line
  }
}

extension ShardFolder.Listing {
  /// In words, such as `37 of 100 shards are translated, 2 begun`.
  public var words: String {
    "\(whole.count) of \(count) shards are translated" + (begun.isEmpty ? "" : ", \(begun.count) begun")
  }
}

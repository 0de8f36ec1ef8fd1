/// The contents of `checksums.json`: which files belong together.
///
/// A folder matches if all files of one set have their checksums. There are several sets because files are replaced one
/// after another: before the first is, the sets of the new model and of those before it are written. Whatever is read
/// in the meantime matches one of them, or is a mixture that must not be used.
struct FolderChecksums: Codable, Equatable {
  static let name = "checksums.json"
  static let mostSets = 3

  /// For people who find the file.
  var note =
    "Checksums of the files that belong together, by name. If you change one of them on purpose, delete this file."
  /// Checksums by the names of files, as `xxh64:` and 16 hexadecimal digits; the newest set first.
  var sets: [[String: String]]

  init(sets: [[String: String]]) { self.sets = sets }

  /// A set, followed by earlier ones.
  init(_ newest: [String: String], before: [[String: String]]) {
    sets = [newest]
    for set in before where sets.count < Self.mostSets && !sets.contains(set) { sets.append(set) }
  }

  /// Compares the files with the set that they match best.
  ///
  /// - Parameters:
  ///   - isWanted: whether a file is compared.
  ///   - sum: the checksum of the file with a name; nil if there is none.
  /// - Returns: a file that differs; nil if all match a set.
  /// - Throws: what `sum` throws.
  func mismatch(
    comparing isWanted: (String) -> Bool, _ sum: (String) throws -> String?
  ) rethrows -> (name: String, found: String?, expected: String)? {
    var best: [(name: String, found: String?, expected: String)]?
    for set in sets {
      var differences: [(name: String, found: String?, expected: String)] = []
      for (name, expected) in set.sorted(by: { $0.key < $1.key }) where isWanted(name) {
        let found = try sum(name)
        if found != expected { differences.append((name, found, expected)) }
      }
      if differences.isEmpty { return nil }
      if differences.count < best?.count ?? .max { best = differences }
    }
    return best?.first
  }
}

import FoundationEssentials

/// Moves several files to their paths, in this order, all of them or none.
///
/// All bytes are on disk before the first file is moved, so that a full disk changes nothing. If a file cannot be moved,
/// those that were moved before it are moved back. Only a crash between two moves leaves some of the files.
///
/// - Parameter files: complete files, not committed yet.
/// - Throws: ``FileError``; all paths are then unchanged.
package func commitTogether(_ files: [AtomicFile]) throws(FileError) {
  for file in files { try file.prepare() }
  for file in files { file.keepOld() }
  do {
    for file in files { try file.place() }
  } catch {
    for file in files.reversed() { file.revert() }
    throw error
  }
  for file in files { file.forgetOld() }
  for folder in Set(files.map { splitPath($0.path).folder }) { synchronizeFolder(of: folder + "/.") }
}

/// Makes a file that is not at its path yet; see ``commitTogether(_:)``.
///
/// - Parameters:
///   - path: the file; its folder must exist.
///   - contents: all its bytes.
/// - Returns: the complete file, with a checksum.
/// - Throws: ``FileError``.
package func stagedFile(path: String, contents: [UInt8]) throws(FileError) -> AtomicFile {
  let file = try AtomicFile(path: path, isSummed: true)
  try file.write(contents)
  return file
}

/// Removes the temporary files that killed processes left of files with some names.
///
/// - Parameters:
///   - folder: the folder; no other process may be writing to it.
///   - names: the names of the files.
package func removeTemporaryFiles(in folder: String, of names: Set<String>) {
  guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
  for entry in entries where entry.hasPrefix(".") && entry.hasSuffix(".tmp") {
    // `.NAME.NUMBER.tmp`
    let parts = entry.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, names.contains(parts.dropLast(2).joined(separator: ".")) else { continue }
    removeFile("\(folder)/\(entry)")
  }
}

/// The checksum of a file's bytes as they are, as `xxh64:` and 16 hexadecimal digits.
///
/// - Throws: ``FileError`` if it cannot be read.
package func fileSum(path: String) throws(FileError) -> String {
  let file = try OpenFile.reading(path)
  var sum = Checksum()
  var piece = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = try file.read(into: &piece)
    guard count > 0 else { return Checksum.kind + sum.digits }
    unsafe sum.add(piece.span.bytes.extracting(first: count))
  }
}

/// A text file that a user named: it appears whole or not at all, and is gzip if its name ends in `.gz`.
///
/// Readers recognize gzip by its content; this writer, like every other program, goes by the name.
public final class TextOutputFile {
  private let file: AtomicFile
  private let deflater: Deflater?

  /// Opens the file.
  ///
  /// - Parameter path: the file's path; its folder must exist.
  /// - Throws: ``FileError`` if the path is a folder, or its folder is missing or not writable.
  public init(path: String) throws(FileError) {
    file = try AtomicFile(path: path)
    deflater = isGzipName(path) ? Deflater() : nil
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    guard let deflater else { return try file.write(bytes) }
    let compressed = deflater.compress(bytes)
    if !compressed.isEmpty { try file.write(compressed) }
  }

  /// Appends text as UTF-8.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  /// Moves the complete file to its path; nothing may be written afterwards.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) {
    if let deflater { try file.write(deflater.finish()) }
    try file.commit()
  }
}

/// Whether a file with this name should be gzip.
package func isGzipName(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

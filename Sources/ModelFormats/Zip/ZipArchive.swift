package import Files

/// The entries of a zip archive, checked before anything is decompressed.
///
/// Refused are archives whose entries overlap or lie outside the file, have equal or absolute names or names with `..`,
/// or announce more data than compression can hold or a reader should be given; see ``ZipLimits``.
///
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10, with its 64-bit extensions.
package struct ZipArchive: Sendable {
  /// The entries in the order of the directory; folders are left out.
  package let entries: [Entry]
  private let indexByName: [[UInt8]: Int]
  /// An entry or a folder, as the directory describes it.
  struct Member: Sendable {
    let record: ZipRecord
    let data: FileBytes
  }
  /// Entries and folders in the order of the directory.
  let members: [Member]
  let bytes: FileBytes

  /// Opens a file and checks its directory.
  ///
  /// - Throws: ``FileError``, which names the entry and the problem.
  package init(path: String, limits: ZipLimits = ZipLimits()) throws(FileError) {
    try self.init(FileBytes(path: path), limits: limits)
  }

  /// Checks the directory of an archive.
  ///
  /// - Throws: see ``init(path:limits:)``.
  package init(_ bytes: FileBytes, limits: ZipLimits = ZipLimits()) throws(FileError) {
    let members = try ZipDirectory(bytes, limits: limits).members()
    (self.members, self.bytes) = (members, bytes)
    entries = members.filter { !$0.record.isFolder }.map { member in
      Entry(
        name: member.record.name, size: member.record.size, isStored: member.record.method == 0,
        checksum: member.record.checksum, data: member.data)
    }
    var indices: [[UInt8]: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard indices.updateValue(index, forKey: Array(entry.name.utf8)) == nil else {
        throw bytes.error("entry '\(entry.name)'", found: "a second entry of this name", expected: "one")
      }
    }
    indexByName = indices
  }

  /// The entry with this name; nil if there is none.
  package subscript(name: String) -> Entry? { indexByName[Array(name.utf8)].map { entries[$0] } }
}

extension ZipArchive {
  /// A file in an archive.
  package struct Entry: Sendable {
    /// The name, with folders.
    package let name: String
    /// The announced size in bytes, decompressed; reading fails if it is not the true one.
    package let size: Int
    /// Whether it is stored as it is.
    package let isStored: Bool
    /// The CRC-32 of its bytes.
    let checksum: UInt32
    /// Its bytes in the archive.
    let data: FileBytes

    /// The archive's path, for messages.
    package var path: String { data.path }

    /// A reader that decompresses the entry piece by piece.
    package func reader() -> ZipEntryReader { ZipEntryReader(self) }

    /// All its bytes.
    ///
    /// - Throws: ``FileError`` if they contradict the announced size or checksum.
    package func contents() throws(FileError) -> [UInt8] {
      let reader = reader()
      var contents: [UInt8] = []
      // The announced size is within the limits, but may still be a lie: memory grows with what is there.
      contents.reserveCapacity(min(size, 4 * data.count + 4096))
      while let piece = try reader.next() { contents += piece }
      return contents
    }
  }
}

/// How much an entry of an archive may hold.
package struct ZipLimits: Sendable {
  /// Above ``freeSize``, the greatest ratio of the size to that in the archive.
  ///
  /// Text and weights have ratios below 20; a file of zeros has 1000.
  package var ratio = 200
  /// The size in bytes up to which any ratio is fine.
  package var freeSize = 16 << 20
  /// The greatest number of entries.
  package var entries = 1 << 20

  /// The usual limits.
  package init() {}
}

package import Files

/// Bergamot's binary shortlists.
///
/// ```
/// u64 magic | u64 checksum | u64 first | u64 best | u64 offsets (sources + 1) | u64 ids | u64 offsets[] | u32 ids[]
/// ```
///
/// Source: `src/data/shortlist.{h,cpp}` of browsermt/marian-dev.
extension LexicalShortlist {
  private static let magic: UInt64 = 0xf11a_48d5_0134_17f5
  private static let headerSize = 48

  /// Whether a file begins as a binary shortlist does.
  package static func isBinary(_ bytes: FileBytes) -> Bool { bytes.number(at: 0) == magic }

  /// Reads a binary shortlist; checksum, offsets and ids are always checked.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - vocabularySize: the number of target ids.
  /// - Throws: ``FileError``, which names the problem.
  package init(binary bytes: FileBytes, vocabularySize: Int) throws(FileError) {
    let head = (0..<6).compactMap { bytes.number(at: 8 * $0, UInt64.self) }
    guard head.count == 6, head[0] == LexicalShortlist.magic else {
      throw bytes.error(found: "other first bytes", expected: "a binary shortlist", hint: "")
    }
    let rest = UInt64(bytes.count - LexicalShortlist.headerSize)
    guard head[4] >= 1, head[4] <= rest / 8, head[5] <= rest / 4, head[4] * 8 + head[5] * 4 == rest else {
      throw bytes.error(
        found: "\(head[4]) offsets and \(head[5]) ids announced", expected: "as many as fill \(rest) bytes")
    }
    guard LexicalShortlist.checksum(of: bytes) == head[1] else {
      throw bytes.error(found: "another checksum", expected: String(head[1], radix: 16))
    }
    guard let first = Int(exactly: head[2]), let best = Int(exactly: head[3]) else {
      throw bytes.error(found: "\(head[2]) first and \(head[3]) best ids", expected: "counts of tokens")
    }
    let (offsetCount, idCount) = (Int(head[4]), Int(head[5]))
    let offsets =
      bytes.part(from: LexicalShortlist.headerSize, count: 8 * offsetCount)?
      .numbers(UInt64.self).map { UInt64(littleEndian: $0) } ?? []
    guard offsets.first == 0, offsets.last == head[5], zip(offsets, offsets.dropFirst()).allSatisfy(<=) else {
      throw bytes.error(
        found: "offsets that do not ascend from 0 to \(idCount)", expected: "a list for each id")
    }
    var ids =
      bytes.part(from: LexicalShortlist.headerSize + 8 * offsetCount, count: 4 * idCount)?
      .numbers(UInt32.self) ?? []
    for index in ids.indices { ids[index] = UInt32(littleEndian: ids[index]) }
    if let wrong = ids.max(), Int(wrong) >= vocabularySize {
      throw bytes.error(
        found: "the target id \(wrong)", expected: "ids below \(vocabularySize), the size of the vocabulary",
        hint: "use the vocabulary that the shortlist was made with")
    }
    self.init(firstCount: first, bestCount: best, offsets: offsets.map { Int($0) }, ids: ids)
  }

  /// Writes a binary shortlist, whole or not at all.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  package func writeBinary(path: String) throws(FileError) {
    try writeFileAtomically(path: path, contents: binaryContents)
  }

  /// The contents of a binary shortlist.
  ///
  /// Bergamot requires the last list not to be empty; it gets the first id, which is always a candidate.
  package var binaryContents: [UInt8] {
    var (offsets, ids) = (self.offsets, self.ids)
    if sourceCount > 0, self[sourceCount - 1].isEmpty {
      ids.append(0)
      offsets[sourceCount] += 1
    }
    var body: [UInt8] = []
    for number in [firstCount, bestCount, offsets.count, ids.count] + offsets {
      body += littleEndian(UInt64(number))
    }
    for id in ids { body += littleEndian(id) }
    let magic = littleEndian(LexicalShortlist.magic)
    let sum = LexicalShortlist.checksum(of: FileBytes(magic + magic + body, path: ""))
    return magic + littleEndian(sum) + body
  }

  /// A hash over the 64-bit words after the checksum; the last id is left out if their number is odd.
  private static func checksum(of bytes: FileBytes) -> UInt64 {
    bytes.reduceNumbers(from: 16, 0) { (sum: inout UInt64, word: UInt64) in
      sum ^= UInt64(littleEndian: word) &+ 0x9e37_79b9 &+ (sum << 6) &+ (sum >> 2)
    }
  }
}

import Files

/// What readers of lines do not show: how a file begins, and how its lines end.
struct FileBeginning {
  let hasByteOrderMark: Bool
  let hasCarriageReturns: Bool

  /// Reads the beginning of a file.
  ///
  /// - Throws: `FileError` if it cannot be read.
  init(path: String) throws(FileError) {
    let source = try ByteSource(path: path, expectsText: true)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = try source.fill(&buffer) ?? 0
    let bytes = buffer[..<count]
    hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    hasCarriageReturns =
      bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
  }
}

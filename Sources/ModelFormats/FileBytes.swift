package import Files

/// The bytes of a file, or a part of them, read with checks.
///
/// Parts share the file's memory, which is mapped where the system can map it, so that a part costs nothing until it is
/// read.
package struct FileBytes: Sendable {
  /// The file's path, for messages.
  package let path: String
  private let contents: FileContents
  private let range: Range<Int>

  /// Maps or reads a whole file.
  ///
  /// - Throws: ``FileError`` if it cannot be read.
  package init(path: String) throws(FileError) {
    let contents = try FileContents(path: path)
    (self.path, self.contents, range) = (path, contents, 0..<contents.count)
  }

  /// Bytes in memory, with the path of the file that they come from.
  package init(_ bytes: [UInt8], path: String) {
    (self.path, contents, range) = (path, FileContents(copying: bytes), 0..<bytes.count)
  }

  private init(path: String, contents: FileContents, range: Range<Int>) {
    (self.path, self.contents, self.range) = (path, contents, range)
  }

  /// The number of bytes.
  package var count: Int { range.count }

  /// The byte at an offset.
  ///
  /// - Precondition: 0 ≤ `offset` < ``count``.
  package subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count, "FileBytes: \(offset) of \(count)")
    return unsafe contents.start.load(fromByteOffset: range.lowerBound + offset, as: UInt8.self)
  }

  /// A part; nil unless `count` bytes from `start` exist.
  package func part(from start: Int, count: Int) -> FileBytes? {
    guard start >= 0, count >= 0, start <= self.count, count <= self.count - start else { return nil }
    let first = range.lowerBound + start
    return FileBytes(path: path, contents: contents, range: first..<first + count)
  }

  /// A little-endian number; nil unless all its bytes exist.
  package func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, _ type: Number.Type = Number.self
  ) -> Number? {
    guard offset >= 0, offset <= count, MemoryLayout<Number>.size <= count - offset else { return nil }
    let place = range.lowerBound + offset
    return unsafe Number(
      littleEndian: contents.start.loadUnaligned(fromByteOffset: place, as: Number.self))
  }

  /// All bytes as numbers of this machine's byte order; a rest shorter than a number is left out.
  package func numbers<Number: BitwiseCopyable>(_ type: Number.Type = Number.self) -> [Number] {
    let size = MemoryLayout<Number>.stride
    let total = count / size
    guard total > 0 else { return [] }
    return unsafe [Number](unsafeUninitializedCapacity: total) { target, written in
      unsafe withBytes { source in
        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[..<(total * size)]))
      }
      written = total
    }
  }

  /// Combines the numbers of this machine's byte order from an offset on, without a copy; a rest shorter than a number is
  /// left out.
  func reduceNumbers<Number: BitwiseCopyable, Result>(
    from start: Int, _ initial: Result, _ combine: (inout Result, Number) -> Void
  ) -> Result {
    let size = MemoryLayout<Number>.stride
    return unsafe withBytes { source in
      var result = initial
      for index in 0..<max(0, source.count - start) / size {
        unsafe combine(
          &result, source.loadUnaligned(fromByteOffset: start + index * size, as: Number.self))
      }
      return result
    }
  }

  /// A copy of all bytes.
  package var array: [UInt8] { numbers() }

  /// Calls a function with the memory of the bytes, which is valid until it returns.
  @unsafe func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withExtendedLifetime(contents) {
      let start = unsafe contents.start.advanced(by: range.lowerBound)
      return unsafe body(UnsafeRawBufferPointer(start: start, count: count))
    }
  }
}

extension FileBytes {
  /// The error for contents that do not follow their format.
  func error(
    _ place: String = "", found: String, expected: String,
    hint: String = "the file is damaged or was cut off; copy it again"
  ) -> FileError {
    .invalidFormat(path: path, place: place, found: found, expected: expected, hint: hint)
  }
}

/// The product of extents; nil if one is negative or the product does not fit.
///
/// A zero makes the product zero, even if that of the others overflows.
func checkedProduct(_ numbers: [Int]) -> Int? {
  numbers.allSatisfy { $0 >= 0 } ? elementCount(of: numbers) : nil
}

import CZlib

/// Compressed blocks of ids.
///
/// The lowest bytes of all ids come first, then the next ones, and so on: ids of frequent tokens are small, so that the
/// high bytes are mostly equal.
enum BlockCompression {
  /// zlib's level: higher ones take several times as long for few percent.
  private static let level: Int32 = 3

  /// Compresses a block.
  ///
  /// - Parameters:
  ///   - bytes: ids.
  ///   - width: the bytes of an id.
  /// - Returns: the compressed block.
  static func compressed(_ bytes: ArraySlice<UInt8>, width: Int) -> [UInt8] {
    let count = bytes.count / width
    var planes: [UInt8] = []
    planes.reserveCapacity(bytes.count)
    for plane in 0..<width {
      for place in 0..<count { planes.append(bytes[bytes.startIndex + place * width + plane]) }
    }
    var size = compressBound(UInt(planes.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    let status = unsafe compress2(&result, &size, planes, UInt(planes.count), level)
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) failed to compress: \(status)")
    result.removeLast(result.count - Int(size))
    return result
  }

  /// The ids of a block.
  ///
  /// - Parameters:
  ///   - bytes: a compressed block.
  ///   - count: the number of ids.
  ///   - width: the bytes of an id.
  /// - Returns: nil if the block is damaged.
  static func decompressed(_ bytes: [UInt8], count: Int, width: Int) -> [UInt8]? {
    var planes = [UInt8](repeating: 0, count: count * width)
    var size = UInt(planes.count)
    guard unsafe uncompress(&planes, &size, bytes, UInt(bytes.count)) == Z_OK, size == planes.count else {
      return nil
    }
    var result = [UInt8](repeating: 0, count: planes.count)
    for plane in 0..<width {
      for place in 0..<count { result[place * width + plane] = planes[plane * count + place] }
    }
    return result
  }
}

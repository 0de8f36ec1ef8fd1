/// A piece of a word, as UTF-8 bytes.
///
/// Swift's `String` calls "é" and "e\u{301}" equal; a vocabulary must not.
public struct Subword: Hashable, Sendable {
  /// The piece as UTF-8.
  public let bytes: [UInt8]

  /// A subword with the given UTF-8 bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// A subword with the UTF-8 bytes of a string, unchanged.
  public init(_ text: some StringProtocol) { bytes = Array(text.utf8) }
}

extension Subword: Comparable {
  /// Byte order, which for UTF-8 is the order of the code points.
  public static func < (left: Subword, right: Subword) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension Subword: CustomStringConvertible {
  /// The subword as text; invalid UTF-8 shows as U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

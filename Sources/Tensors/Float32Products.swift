private import CKernels

/// How training computes products of float32.
///
/// Both are as accurate; they round differently.
public enum Float32Products: String, Sendable, Codable, CaseIterable {
  /// By the matrix library.
  case library
  /// Each factor as the sum of three bfloat16, which together have all bits of a float32, and a product as six products
  /// of those on the processor's tiles (AMX), which multiply bfloat16 many times as fast as vectors multiply float32.
  ///
  /// Numbers below 2⁻¹²⁶ count as zero, and factors from 2¹²⁸ − 2¹¹⁹ on as infinite.
  ///
  /// Source: Henry, Tang and Heinecke 2019, "Leveraging the bfloat16 Artificial Intelligence Datatype For
  /// Higher-Precision Computations".
  case parts

  /// The faster one: ``parts`` if the processor has tiles.
  public static var automatic: Self { Self.parts.problem == nil ? .parts : .library }

  /// Why this machine cannot use it, as a clause; nil if it can.
  public var problem: String? {
    guard self == .parts, tiles_are_usable() == 0 else { return nil }
    return
      "this processor has no tiles for products of bfloat16 (AMX), or the system does not permit their use"
  }
}

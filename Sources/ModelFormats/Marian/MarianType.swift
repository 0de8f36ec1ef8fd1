/// The type of an item in Marian's binary files.
///
/// Source: `src/common/types.h` of marian-nmt/marian-dev and of browsermt/marian-dev, which give different codes to the
/// same quantized matrices.
package enum MarianType: Sendable, Equatable {
  /// Plain numbers.
  case plain(ElementType)
  /// 8-bit or 16-bit integers (``ElementType/int8``, ``ElementType/int16``), followed by their multiplier.
  case quantized(ElementType, MarianFamily)

  /// The type of a code.
  ///
  /// - Returns: nil if no type has the code, or if it is packed for one processor: see ``packedName(code:)``.
  init?(code: UInt64) {
    if let type = MarianType.plainCodes.first(where: { $0.code == code })?.type {
      self = .plain(type)
    } else {
      switch code {
      case 0x4101: self = .quantized(.int8, .browsermt)
      case 0x4102: self = .quantized(.int16, .browsermt)
      case 0x10001: self = .quantized(.int8, .upstream)
      case 0x10002: self = .quantized(.int16, .upstream)
      default: return nil
      }
    }
  }

  /// The code in files.
  var code: UInt64 {
    switch self {
    case .plain(let type): MarianType.plainCodes.first { $0.type == type }?.code ?? 0
    case .quantized(let type, .browsermt): type == .int8 ? 0x4101 : 0x4102
    case .quantized(let type, .upstream): type == .int8 ? 0x10001 : 0x10002
    }
  }

  /// How an element is stored.
  var element: ElementType {
    switch self {
    case .plain(let type), .quantized(let type, _): type
    }
  }

  /// The bytes that follow the elements: the multiplier of quantized ones.
  var extraSize: Int {
    switch self {
    case .plain: 0
    case .quantized: 4
    }
  }

  private static let plainCodes: [(code: UInt64, type: ElementType)] = [
    (0x101, .int8), (0x102, .int16), (0x104, .int32), (0x108, .int64), (0x201, .uint8), (0x202, .uint16),
    (0x204, .uint32), (0x208, .uint64), (0x402, .float16), (0x404, .float32), (0x408, .float64),
  ]

  /// The name of a type whose elements are arranged for one kind of processor; nil for other codes.
  ///
  /// Only Marian knows the arrangement.
  static func packedName(code: UInt64) -> String? {
    switch code {
    case 0x802: "packed16"
    case 0x1801: "packed8avx2"
    case 0x2801: "packed8avx512"
    case 0x18001: "intgemm8ssse3"
    case 0x11001: "intgemm8avx2"
    case 0x12001: "intgemm8avx512"
    case 0x13001: "intgemm8avx512vnni"
    case 0x14002: "intgemm16sse2"
    case 0x11002: "intgemm16avx2"
    case 0x12002: "intgemm16avx512"
    default: nil
    }
  }
}

/// Which of Marian's descendants a file is for: each gives another code to quantized matrices and refuses the other's.
package enum MarianFamily: String, Sendable, CaseIterable {
  /// marian-nmt/marian-dev.
  case upstream
  /// browsermt/marian-dev, of Bergamot, translateLocally and Firefox.
  case browsermt
}

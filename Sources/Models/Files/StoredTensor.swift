internal import Files
internal import Tensors

/// A tensor of a file of weights: a parameter's numbers, or the scales of its rows.
struct StoredTensor {
  private let item: NamedParameter
  private let type: WeightType
  private let holdsScales: Bool

  /// The tensors of parameters whose matrices are stored as `type`, in file order.
  ///
  /// Those with larger numbers come first, so that each starts at a multiple of its number size, for readers that map
  /// the file.
  static func all(_ parameters: [NamedParameter], as type: WeightType) -> [StoredTensor] {
    all(parameters) { _ in type }
  }

  /// The tensors of parameters whose matrices are stored as the types of `type`, in file order; see ``all(_:as:)``.
  static func all(_ parameters: [NamedParameter], type: (NamedParameter) -> WeightType) -> [StoredTensor] {
    let tensors = parameters.flatMap { item in
      let stored = item.isMatrix ? type(item) : .float32
      return (stored == .int8 ? [true, false] : [false]).map {
        StoredTensor(item: item, type: stored, holdsScales: $0)
      }
    }
    let sizes = Set(tensors.map(\.dtype.size)).sorted(by: >)
    return sizes.flatMap { size in tensors.filter { $0.dtype.size == size } }
  }

  private var dtype: SafetensorsType { holdsScales ? .float32 : type.fileType }

  /// Its header entry.
  var entry: SafetensorsWriter.Entry {
    holdsScales
      ? .init(name: WeightFormat.scales(of: item.name), shape: [item.parameter.shape.rows, 1])
      : .init(name: item.name, shape: item.extents, dtype: dtype)
  }

  /// Writes its numbers, some rows at a time, since a copy of all would be as large as the largest matrix.
  ///
  /// - Throws: `FileError` if writing fails, ``CheckpointError`` if a number cannot be rounded.
  func write(_ weights: ModelWeights, to writer: SafetensorsWriter, path: String) throws {
    let (rows, columns) = (item.parameter.shape.rows, item.parameter.shape.columns)
    let step = max(1, numbersPerPart / max(1, columns))
    for first in stride(from: 0, to: rows, by: step) {
      let part = item.parameter.rows(first..<min(first + step, rows))
      guard let values = weights.values(of: part).rounded(rows: part.shape.rows, to: type) else {
        throw CheckpointError.notRepresentable(path: path, name: item.name, type: type)
      }
      switch values {
      case .float32(let floats): try writer.write(floats)
      case .bfloat16(let halves): try writer.write(bfloat16Bits: halves)
      case .int8(_, let scales) where holdsScales: try writer.write(scales)
      case .int8(let bytes, _): try writer.write(int8: bytes)
      }
    }
  }
}

private let numbersPerPart = 1 << 20

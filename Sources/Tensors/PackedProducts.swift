private import CKernels
private import Synchronization

/// Weights rearranged for inference, each on its first use; those that are not stored as float32 are converted then.
///
/// A product over packed weights sums every element in an order that depends only on the inner size, so a row's result
/// has the same bits whatever the other rows are. Translations therefore depend neither on batch size nor on threads.
public final class PackedProducts: Sendable {
  /// A packed weight.
  ///
  /// - Safety: `@unchecked Sendable`: `elements` is written before it is published under the lock, never afterwards.
  private struct Packed: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Float>
  }

  private let weights: ModelWeights
  private let packed = Mutex(ParameterTable<Packed>())
  private let screened: ScreenedWeights
  /// Products of bytes; nil to compute in float32.
  private let byteProducts: ByteProducts?
  private let magnitudes: InputMagnitudes?

  /// Products with the given weights, which must not change afterwards.
  ///
  /// - Parameters:
  ///   - weights: of any type.
  ///   - compute: what products compute with, except those whose weight has elements that are not finite.
  ///   - magnitudes: observes the inputs of products, except those with a shortlist; nil if nobody wants to know.
  public init(
    _ weights: ModelWeights, compute: ComputeType = .float32, observing magnitudes: InputMagnitudes? = nil
  ) {
    self.magnitudes = magnitudes
    self.weights = weights
    screened = ScreenedWeights(weights)
    byteProducts = compute == .int8 ? ByteProducts(weights) : nil
  }

  /// Products with float32 weights, which must not change afterwards.
  public convenience init(_ parameters: FlatBuffer, compute: ComputeType = .float32) {
    self.init(ModelWeights(parameters), compute: compute)
  }

  deinit { packed.withLock { for item in $0.values { item.elements.deallocate() } } }

  /// What products compute with.
  public var compute: ComputeType { byteProducts == nil ? .float32 : .int8 }

  /// `y = x · weightᵀ + bias`, row by row.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x` and of `y`.
  ///   - weight: a matrix, shape `[outputs, inputs]`; packed on its first use.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - y: overwritten, `rows` rows of `weight.shape.rows` floats.
  package func multiply(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>
  ) {
    magnitudes?.observe(x, count: rows * weight.shape.columns, weight: weight)
    if let matrix = byteProducts?.matrix(weight) {
      return matrix.multiply(x, rows: rows, bias: bias, into: y)
    }
    product_packed(y, x, elements(weight), bias, rows, weight.shape.rows, weight.shape.columns)
  }

  /// The index of the greatest element of each row of `x · weightᵀ + bias`, without computing all elements if the
  /// processor allows it.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x`.
  ///   - weight: a matrix, shape `[outputs, inputs]`; packed on its first use.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - excluded: for each row, a bit for each of the first 16 outputs that is excluded.
  ///   - isScreened: whether bounds may be used; if false, all elements are computed on every processor.
  /// - Returns: an output for each row, the first of equals; -1 if its greatest element is not finite or all are
  ///   excluded.
  package func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>? = nil,
    excluding excluded: [UInt16], isScreened: Bool = true
  ) -> [Int32] {
    precondition(excluded.count == rows, "greatestOutputs: \(rows) rows, \(excluded.count) exclusions")
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    magnitudes?.observe(x, count: rows * inputs, weight: weight)
    if let matrix = byteProducts?.matrix(weight) {
      return matrix.greatestOutputs(x, rows: rows, bias: bias, excluding: excluded)
    }
    if isScreened, ScreenedWeights.isSupported,
      let found = screened.greatestOutputs(x, rows: rows, weight: weight, bias: bias, excluding: excluded)
    {
      return found
    }
    return Tensors.greatestOutputs(
      x, rows: rows, inputs: inputs, outputs: outputs, excluding: excluded
    ) { x, rows, y in
      product_packed(y, x, elements(weight), bias, rows, outputs, inputs)
    }
  }

  /// Some rows of a matrix and of a bias, for products with only these outputs.
  ///
  /// - Parameters:
  ///   - rows: without repetitions.
  ///   - weight: a matrix, shape `[outputs, inputs]`.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - allocate: returns memory for a number of floats, aligned to a cache line.
  /// - Returns: the rows in this memory.
  package func shortlist(
    _ rows: [Int32], of weight: Parameter, bias: UnsafePointer<Float>?,
    allocate: (Int) -> UnsafeMutablePointer<Float>
  ) -> ShortlistedWeights {
    precondition(
      rows.allSatisfy { $0 >= 0 && Int($0) < weight.shape.rows },
      "shortlist: rows \(rows.min() ?? 0) to \(rows.max() ?? -1) of \(weight.shape)")
    let chosen = bias.map { bias in
      let chosen = allocate(rows.count)
      for (place, row) in rows.enumerated() { chosen[place] = bias[Int(row)] }
      return UnsafePointer(chosen)
    }
    let packed =
      byteProducts?.matrix(weight, rows: rows, allocate: allocate).map { .bytes($0) }
      ?? ShortlistedWeights.Packed.floats(weights.pack(rows, of: weight, allocate: allocate))
    return ShortlistedWeights(rows: rows, inputs: weight.shape.columns, packed: packed, bias: chosen)
  }

  private func elements(_ weight: Parameter) -> UnsafeMutablePointer<Float> {
    packed.withLock { known -> Packed in
      if let item = known[weight] { return item }
      let columns = weight.shape.columns
      let item = Packed(elements: allocateAligned(product_packed_size(weight.shape.rows, columns)))
      weights.forEachPart(of: weight, rowsInMultiplesOf: product_packed_size(1, 1)) { floats, rows in
        product_pack(item.elements + rows.lowerBound * columns, floats, rows.count, columns)
      }
      weights.releasePages(of: weight)
      known[weight] = item
      return item
    }.elements
  }
}

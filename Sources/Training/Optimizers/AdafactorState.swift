internal import Foundation
internal import Machine
internal import Tensors

/// Adafactor's moments, and the sums over whole matrices that an update needs.
///
/// A vector counts as a matrix of one row, so that each of its elements has its own moment. Matrices are processed in
/// blocks of whole rows, and all sums over blocks are made in block order.
struct AdafactorState: OptimizerState {
  /// Rows of a parameter that one thread processes.
  private struct Block {
    let parameter: Int
    let rows: Range<Int>
    /// The offset of its column sums in ``blockSums``.
    let sums: Int
  }

  private let settings: Adafactor
  private let pieces: ParameterPieces
  private let blocks: [Block]
  /// The blocks of each parameter.
  private let blocksOfParameter: [Range<Int>]
  /// The offsets of each parameter's rows in ``rowMoments``, and of its columns in ``columnMoments``.
  private let rowOffsets, columnOffsets: [Int]
  private let rowMoments, columnMoments: FlatBuffer
  private let momentum: FlatBuffer?

  // Values for the current update:
  private let columnFactors: FlatBuffer
  private let blockSums: FlatBuffer
  /// The mean of each parameter's row moments.
  private var meanRowMoments: [Double]
  /// The learning rate of each parameter.
  private var rates: [Double]

  init(settings: Adafactor, _ parameters: [NamedParameter]) {
    self.settings = settings
    pieces = ParameterPieces(parameters)
    var (blocks, blocksOfParameter): ([Block], [Range<Int>]) = ([], [])
    var sums = 0
    for (index, item) in parameters.enumerated() {
      let (shape, first) = (item.parameter.shape, blocks.count)
      let rowsOfBlock = max(1, blockSize / max(1, shape.columns))
      for start in stride(from: 0, to: shape.rows, by: rowsOfBlock) {
        let rows = start..<min(start + rowsOfBlock, shape.rows)
        blocks.append(Block(parameter: index, rows: rows, sums: sums))
        sums += shape.columns
      }
      blocksOfParameter.append(first..<blocks.count)
    }
    (self.blocks, self.blocksOfParameter) = (blocks, blocksOfParameter)
    rowOffsets = runningSums(parameters.map(\.parameter.shape.rows))
    columnOffsets = runningSums(parameters.map(\.parameter.shape.columns))
    rowMoments = FlatBuffer(count: rowOffsets.last ?? 0)
    columnMoments = FlatBuffer(count: columnOffsets.last ?? 0)
    columnFactors = FlatBuffer(count: columnMoments.count)
    blockSums = FlatBuffer(count: sums)
    momentum = settings.beta1 > 0 ? FlatBuffer(count: pieces.count) : nil
    meanRowMoments = parameters.map { _ in 0 }
    rates = meanRowMoments
  }

  var tensors: [StateTensor] {
    var tensors = pieces.parameters.indices.flatMap { index in
      let (rows, columns) = (rowRange(index), columnRange(index))
      let name = pieces.parameters[index].name
      return [
        StateTensor(name: "row_moment.\(name)", extents: [rows.count], buffer: rowMoments, range: rows),
        StateTensor(
          name: "column_moment.\(name)", extents: [columns.count], buffer: columnMoments, range: columns),
      ]
    }
    if let momentum { tensors += StateTensor.parts(of: momentum, prefix: "momentum", pieces.parameters) }
    return tensors
  }

  private func rowRange(_ index: Int) -> Range<Int> { rowOffsets[index]..<rowOffsets[index + 1] }
  private func columnRange(_ index: Int) -> Range<Int> { columnOffsets[index]..<columnOffsets[index + 1] }
}

// MARK: - Before the update: moments, and the size of the update

extension AdafactorState {
  mutating func prepare(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, threads: Int) {
    let decay = Float(1 - pow(Double(numbers.update), Double(settings.decayExponent)))
    let (count, state) = (pieces.parameters.count, self)
    blockSums.clear()
    concurrently(blocks.count, threads: threads) { block in
      state.addRows(of: state.blocks[block], gradient: gradient, numbers: numbers, decay: decay)
    }
    meanRowMoments = concurrentMap(count, threads: threads) { state.finishMoments(of: $0, decay: decay) }
    let ready = self
    let squares = concurrentMap(blocks.count, threads: threads) { block in
      ready.updateSquares(of: ready.blocks[block], gradient: gradient, numbers: numbers)
    }
    rates = concurrentMap(count, threads: threads) { index in
      let sum = squares[state.blocksOfParameter[index]].reduce(0, +)
      return numbers.rate * state.sizeFactor(of: index, weights) / state.clipping(squares: sum, of: index)
    }
  }

  /// Updates the row moments of a block, and adds up its column sums.
  private func addRows(of block: Block, gradient: FlatBuffer, numbers: UpdateNumbers, decay: Float) {
    let parameter = pieces.parameters[block.parameter].parameter
    let columns = parameter.shape.columns
    let first = rowOffsets[block.parameter] + block.rows.lowerBound
    var moments = rowMoments.array(first..<first + block.rows.count)
    for (place, row) in block.rows.enumerated() {
      let start = parameter.offset + row * columns
      let sum = gradient.addSquares(
        of: start..<start + columns, scale: Float(numbers.gradientScale), epsilon: settings.epsilon,
        to: blockSums, at: block.sums)
      moments[place] = decay * moments[place] + (1 - decay) * Float(sum / Double(columns))
    }
    rowMoments.replace(at: first, with: moments)
  }

  /// Updates the column moments of a parameter.
  ///
  /// - Returns: the mean of its row moments.
  private func finishMoments(of index: Int, decay: Float) -> Double {
    let (blocks, shape) = (blocksOfParameter[index], pieces.parameters[index].parameter.shape)
    guard let first = blocks.first else { return 1 }
    columnMoments.updateColumnMoments(
      columnRange(index), factors: columnFactors, at: columnOffsets[index], sums: blockSums,
      at: self.blocks[first].sums, blocks: blocks.count, rows: shape.rows, decay: decay)
    return rowMoments.array(rowRange(index)).reduce(0) { $0 + Double($1) } / Double(shape.rows)
  }

  private func updateSquares(of block: Block, gradient: FlatBuffer, numbers: UpdateNumbers) -> Double {
    let parameter = pieces.parameters[block.parameter].parameter
    let columns = parameter.shape.columns
    let scales = scales(of: block.parameter, rows: block.rows, numbers: numbers)
    return zip(block.rows, scales).reduce(0) { sum, item in
      let start = parameter.offset + item.0 * columns
      return sum
        + gradient.updateSquares(
          of: start..<start + columns, scale: item.1, factors: columnFactors,
          at: columnOffsets[block.parameter])
    }
  }

  /// The factor on the gradient of each row: √(mean / moment), so that its product with the column factors is
  /// 1 / √(row moment · column moment / mean).
  private func scales(of index: Int, rows: Range<Int>, numbers: UpdateNumbers) -> [Float] {
    let first = rowOffsets[index]
    return rowMoments.array(first + rows.lowerBound..<first + rows.upperBound).map {
      Float(numbers.gradientScale * (meanRowMoments[index] / Double($0)).squareRoot())
    }
  }

  /// The divisor of the whole update: its root mean square divided by the threshold, at least 1.
  private func clipping(squares: Double, of index: Int) -> Double {
    let mean = squares / Double(max(1, pieces.parameters[index].range.count))
    return max(1, mean.squareRoot() / Double(settings.clippingThreshold))
  }

  /// The parameter's root mean square if steps are relative, otherwise 1.
  private func sizeFactor(of index: Int, _ weights: FlatBuffer) -> Double {
    guard settings.relativeStep else { return 1 }
    let range = pieces.parameters[index].range
    let mean = weights.sumOfSquares(range) / Double(max(1, range.count))
    return max(Double(settings.leastSize), mean.squareRoot())
  }
}

// MARK: - The update

extension AdafactorState {
  func update(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, in slice: Range<Int>) {
    for (index, range) in pieces.pieces(of: slice) { update(range, of: index, weights, gradient, numbers) }
  }

  /// Updates a piece of a parameter row by row; its first and last rows may be incomplete.
  private func update(
    _ piece: Range<Int>, of index: Int, _ weights: FlatBuffer, _ gradient: FlatBuffer,
    _ numbers: UpdateNumbers
  ) {
    let item = pieces.parameters[index]
    let (offset, columns) = (item.parameter.offset, item.parameter.shape.columns)
    let rows = (piece.lowerBound - offset) / columns..<(piece.upperBound - offset - 1) / columns + 1
    let shrink = item.decays ? Float(1 - numbers.rate * Double(settings.weightDecay)) : 1
    for (row, scale) in zip(rows, scales(of: index, rows: rows, numbers: numbers)) {
      let start = offset + row * columns
      let range = (start..<start + columns).clamped(to: piece)
      weights.updateByAdafactor(
        gradient: gradient, momentum: momentum, factors: columnFactors,
        at: columnOffsets[index] + range.lowerBound - start, scale: scale, rate: Float(rates[index]),
        beta1: settings.beta1, shrink: shrink, in: range)
    }
  }
}

/// 0, then the cumulative sums of the counts.
private func runningSums(_ counts: [Int]) -> [Int] {
  counts.reduce(into: [0]) { sums, count in sums.append((sums.last ?? 0) + count) }
}

/// The size of a block in floats, unless a row is longer.
private let blockSize = 1 << 15

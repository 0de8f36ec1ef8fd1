private import CKernels

/// The steps of an Adafactor update, each on part of one row of a gradient matrix; column statistics are in a separate
/// buffer.
extension FlatBuffer {
  /// Adds the squares of a part of a gradient row to sums over the columns.
  ///
  /// - Parameters:
  ///   - range: the part, in this buffer.
  ///   - scale: what the gradient is multiplied by first.
  ///   - epsilon: added to each square.
  ///   - sums: receives the squares.
  ///   - offset: the index of the part's first column in `sums`.
  /// - Returns: the sum of the added squares.
  public func addSquares(
    of range: Range<Int>, scale: Float, epsilon: Float, to sums: FlatBuffer, at offset: Int
  ) -> Double {
    check(range)
    sums.check(offset..<offset + range.count)
    return adafactor_squares(
      sums.elements + offset, elements + range.lowerBound, range.count, scale, epsilon)
  }

  /// Moves the second moments of columns toward means over the rows, and derives the columns' factors.
  ///
  /// - Parameters:
  ///   - range: the moments of the columns, in this buffer.
  ///   - factors: receives 1 / √moment, starting at `factorOffset`.
  ///   - factorOffset: the index of the first factor.
  ///   - sums: sums of squares, one row of columns for each block, starting at `sumOffset`.
  ///   - sumOffset: the index of the first sum.
  ///   - blocks: rows of `sums`.
  ///   - rows: the number of gradient rows in the sums.
  ///   - decay: the fraction of the old moments that is kept.
  public func updateColumnMoments(
    _ range: Range<Int>, factors: FlatBuffer, at factorOffset: Int, sums: FlatBuffer, at sumOffset: Int,
    blocks: Int, rows: Int, decay: Float
  ) {
    check(range)
    factors.check(factorOffset..<factorOffset + range.count)
    sums.check(sumOffset..<sumOffset + blocks * range.count)
    adafactor_columns(
      elements + range.lowerBound, factors.elements + factorOffset, sums.elements + sumOffset, blocks,
      range.count, rows, decay)
  }

  /// The sum of the squares of an update before clipping: of `scale · gradient · factor`.
  public func updateSquares(
    of range: Range<Int>, scale: Float, factors: FlatBuffer, at offset: Int
  ) -> Double {
    check(range)
    factors.check(offset..<offset + range.count)
    return adafactor_update_squares(
      elements + range.lowerBound, factors.elements + offset, range.count, scale)
  }

  /// Updates a part of a row of parameters: `θ ← shrink · θ - rate · scale · gradient · factor`.
  ///
  /// - Parameters:
  ///   - gradient: as many floats as parameters.
  ///   - momentum: as many floats, or nil; if given, its moving average by `beta1` is subtracted instead.
  ///   - factors: the columns' factors.
  ///   - offset: the index of the part's first column in `factors`.
  ///   - scale: the gradient's scale and the row's factor.
  ///   - rate: the learning rate.
  ///   - beta1: decay of the momentum.
  ///   - shrink: 1 minus the fraction that weight decay removes.
  ///   - range: the part.
  public func updateByAdafactor(
    gradient: FlatBuffer, momentum: FlatBuffer?, factors: FlatBuffer, at offset: Int, scale: Float,
    rate: Float,
    beta1: Float, shrink: Float, in range: Range<Int>
  ) {
    check(range, gradient)
    factors.check(offset..<offset + range.count)
    let (start, columns) = (range.lowerBound, factors.elements + offset)
    guard let momentum else {
      return adafactor_update(
        elements + start, gradient.elements + start, columns, range.count, scale, rate, shrink)
    }
    check(range, momentum)
    adafactor_momentum_update(
      elements + start, momentum.elements + start, gradient.elements + start, columns, range.count, scale,
      rate, beta1, shrink)
  }
}

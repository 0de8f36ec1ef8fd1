internal import Autodiff
internal import Tensors
internal import Tokens

extension Transformer {
  /// Calls `visit` with the logits of each row of a decoder's output, a chunk of rows in memory at a time.
  ///
  /// Inference only.
  func forEachRow(of hidden: Tensor, on tape: Tape, _ visit: (_ row: Int, _ logits: Span<Float>) -> Void) {
    let classes = output.shape.rows
    var logits: [Float] = []
    for first in stride(from: 0, to: hidden.shape.rows, by: rowsPerChunk(classes: classes)) {
      let rows = first..<min(first + rowsPerChunk(classes: classes), hidden.shape.rows)
      project(hidden, rows: rows, into: &logits, on: tape)
      for row in rows {
        let start = (row - first) * classes
        visit(row, logits.span.extracting(start..<start + classes))
      }
    }
  }

  /// The logits of some consecutive rows of a decoder's output, shape `[rows.count, targetVocabularySize]`.
  ///
  /// Inference only.
  func project(_ hidden: Tensor, rows: Range<Int>, into logits: inout [Float], on tape: Tape) {
    let all = rows.count == hidden.shape.rows
    tape.project(
      all ? hidden : tape.selectRows(Array(rows), of: [hidden]), weight: output, bias: outputBias,
      into: &logits)
  }

  /// The most probable token of each row of a decoder's output, without computing most of the other logits.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - hidden: the decoder's output.
  ///   - excluded: for each row the excluded tokens.
  ///   - tape: records the operations.
  /// - Returns: for each row the token, the lowest of equally probable ones; nil if its greatest logit is not finite.
  func bestTokens(_ hidden: Tensor, excluding excluded: [[TokenID]], on tape: Tape) -> [TokenID?] {
    var best: [TokenID?] = tape.greatestLogits(
      hidden, weight: output, bias: outputBias, excluding: excluded.map(\.lowBits)
    ).map { $0 < 0 ? nil : $0 }
    // Tokens with high ids were not excluded yet; if one of them won, all logits are compared.
    let rows = best.indices.filter { row in best[row].map(excluded[row].contains) ?? false }
    guard !rows.isEmpty else { return best }
    forEachRow(of: tape.selectRows(rows, of: [hidden]), on: tape) { index, logits in
      let allowed = logits.indices.map {
        excluded[rows[index]].contains(TokenID($0)) ? -.infinity : logits[$0]
      }
      best[rows[index]] = allowed.span.indexOfGreatest
    }
    return best
  }

  /// The most probable token of each row of a decoder's output; the first of equals, or 0 if no logit is finite.
  func bestTokens(_ hidden: Tensor, on tape: Tape) -> [TokenID] {
    var result: [TokenID] = []
    forEachRow(of: hidden, on: tape) { _, logits in result.append(logits.indexOfGreatest ?? 0) }
    return result
  }
}

extension [TokenID] {
  /// A bit for each of these tokens that is one of the first 16.
  fileprivate var lowBits: UInt16 { reduce(0) { $1 < 16 ? $0 | 1 << UInt16($1) : $0 } }
}

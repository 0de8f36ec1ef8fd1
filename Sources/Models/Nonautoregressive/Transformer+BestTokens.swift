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

  /// The logits of some neighboring rows of a decoder's output, shape `[rows.count, targetVocabularySize]`.
  ///
  /// Inference only.
  func project(_ hidden: Tensor, rows: Range<Int>, into logits: inout [Float], on tape: Tape) {
    let all = rows.count == hidden.shape.rows
    tape.project(all ? hidden : tape.selectRows(Array(rows), of: [hidden]), weight: output, into: &logits)
  }

  /// The most probable token of each row of a decoder's output; of equals the first, and 0 where scores are no numbers.
  func bestTokens(_ hidden: Tensor, on tape: Tape) -> [TokenID] {
    var result: [TokenID] = []
    forEachRow(of: hidden, on: tape) { _, logits in result.append(logits.indexOfGreatest ?? 0) }
    return result
  }
}

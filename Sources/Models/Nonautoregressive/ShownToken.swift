internal import Autodiff
internal import Tensors
internal import Tokens

/// A token that glancing training shows the decoder instead of what it would read.
///
/// Source: Qian et al. 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation".
struct ShownToken {
  /// The row of the decoder's input.
  let row: Int
  let token: TokenID
}

/// The decoder's input with the embeddings of right tokens at some rows.
///
/// - Parameters:
///   - shown: which, and where.
///   - x: what stands at all rows.
///   - embeddings: of target tokens.
///   - positions: the place of each row, or nil where places are added later.
///   - tape: where the work is recorded.
/// - Returns: as `x`.
func show(
  _ shown: [ShownToken], in x: Tensor, embeddings: Embeddings, positions: [Int32]? = nil, on tape: Tape
) -> Tensor {
  guard !shown.isEmpty else { return x }
  let ids = shown.map(\.token)
  let tokens =
    positions.map { places in embeddings(ids, positions: shown.map { places[$0.row] }, on: tape) }
    ?? embeddings.withoutPlaces(ids, on: tape)
  var rows = Array(0..<x.shape.rows)
  for (index, item) in shown.enumerated() { rows[item.row] = x.shape.rows + index }
  return tape.selectRows(rows, of: [x, tokens])
}

internal import Autodiff
internal import Tensors
internal import Tokens

/// A token that glancing training shows the decoder in place of its usual input.
///
/// Source: Qian et al. 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation".
struct ShownToken {
  /// The row of the decoder's input.
  let row: Int
  let token: TokenID
}

/// The decoder's input with the embeddings of correct tokens at some rows.
///
/// - Parameters:
///   - shown: the tokens and their rows.
///   - x: the input at all rows.
///   - embeddings: of target tokens.
///   - positions: the position of each row, or nil if positions are added later.
///   - tape: records the operations.
/// - Returns: the same shape as `x`.
func show(
  _ shown: [ShownToken], in x: Tensor, embeddings: Embeddings, positions: [Int32]? = nil, on tape: Tape
) -> Tensor {
  guard !shown.isEmpty else { return x }
  let ids = shown.map(\.token)
  let tokens =
    positions.map { places in embeddings(ids, positions: shown.map { places[$0.row] }, on: tape) }
    ?? embeddings.withoutPositions(ids, on: tape)
  var rows = Array(0..<x.shape.rows)
  for (index, item) in shown.enumerated() { rows[item.row] = x.shape.rows + index }
  return tape.selectRows(rows, of: [x, tokens])
}

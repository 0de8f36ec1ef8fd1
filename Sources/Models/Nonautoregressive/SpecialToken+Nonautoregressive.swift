public import Tokens

/// What `<pad>`, which neither encoder nor decoder ever sees otherwise, means to a decoder that predicts all tokens at
/// once.
extension SpecialToken {
  /// What the decoder reads where a token is masked, with ``NonautoregressiveMethod/maskPredict``.
  public static let mask = padding
  /// What a position predicts that says nothing, with ``NonautoregressiveMethod/ctc``.
  public static let blank = padding
}

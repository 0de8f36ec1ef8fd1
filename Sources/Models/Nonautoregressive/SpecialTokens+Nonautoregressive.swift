public import Tokens

/// What the padding token, which no encoder or decoder ever reads otherwise, means to a non-autoregressive decoder.
extension SpecialTokens {
  /// What the decoder reads where a token is masked, with ``NonautoregressiveMethod/maskPredict``.
  public var mask: TokenID { padding }
  /// What a position predicts that stands for no token, with ``NonautoregressiveMethod/ctc``.
  public var blank: TokenID { padding }
}

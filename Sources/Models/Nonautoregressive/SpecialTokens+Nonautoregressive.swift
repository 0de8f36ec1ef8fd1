public import Tokens

/// The roles of the padding token, which is otherwise unused, in a non-autoregressive decoder.
extension SpecialTokens {
  /// The decoder's input for a masked token, with ``NonautoregressiveMethod/maskPredict``.
  public var mask: TokenID { padding }
  /// The prediction of a position without a token, with ``NonautoregressiveMethod/ctc``.
  public var blank: TokenID { padding }
}

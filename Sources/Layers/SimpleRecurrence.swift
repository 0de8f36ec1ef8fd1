public import Autodiff
public import Tensors

/// The simpler simple recurrent unit (SSRU), in place of a decoder's self-attention.
///
/// `f = σ(W_f · x + b_f)`, `c = f ∘ c' + (1 - f) ∘ (W · x)` with the cell c' of the position before, and `relu(c)` is the
/// output. A decoder keeps one row for each layer instead of keys and values of all positions.
///
/// Source: Kim et al. 2019, "From Research to Production and Back: Ludicrously Fast Neural Machine Translation",
/// section 3.1.
public struct SimpleRecurrence: Sendable {
  /// W, followed by W_f.
  let projections: Linear
  let forgetBias: Parameter?
  let size: Int

  /// Declares `candidate.weight` (W) and `forget.weight` (W_f), side by side for one product, and `forget.bias`.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - linear: whether there is a bias, and how weights are initialized.
  ///   - builder: declares the parameters.
  public init(size: Int, linear: LinearOptions = LinearOptions(), in builder: inout ParameterBuilder) {
    var unbiased = linear
    unbiased.usesBias = false
    projections = Linear.stacked(["candidate", "forget"], size, size, unbiased, in: &builder)
    forgetBias =
      linear.usesBias ? builder.scope("forget") { $0.vector("bias", size, .constant(0)) } : nil
    self.size = size
  }

  /// The output at every position of every sentence.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - sentences: each sentence's rows, in order.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(_ x: Tensor, sentences: [Range<Int>], on tape: Tape) -> Tensor {
    tape.ssru(projections(x, on: tape), forgetBias: forgetBias, sentences: sentences)
  }

  /// The cells before the first step.
  public func makeState() -> RecurrentState { RecurrentState(size: size) }

  /// The output at one new position of each hypothesis.
  ///
  /// - Parameters:
  ///   - x: shape `[hypotheses, size]`.
  ///   - state: the cells of the step before; becomes those of this step.
  ///   - parents: for each hypothesis the row of the step before that it continues.
  ///   - tape: the tape of this step.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(
    _ x: Tensor, state: inout RecurrentState, parents: [Int32], on tape: Tape
  ) -> Tensor {
    tape.ssruStep(projections(x, on: tape), forgetBias: forgetBias, state: &state, parents: parents)
  }
}

public import Autodiff
public import Tensors

/// The form of an ``AverageAttention``.
public struct AverageAttentionOptions: Sendable, Equatable, Codable {
  /// Columns inside the feed-forward network; 0 for none.
  public var innerSize = 2048
  /// The feed-forward network's non-linearity.
  public var activation = FeedForwardActivation.swish
  /// Whether the mean is gated with the input.
  public var isGated = true

  /// As in Marian, by default.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case innerSize = "ffn_dim"
    case activation = "activation_function"
    case isGated = "gate"
  }
}

/// Average attention, in place of a decoder's self-attention: a network applied to the mean of all positions up to this
/// one, gated with the input.
///
/// `m = FFN(mean of x₁ … x_t)`, and the output is `σ(W_i · x + b_i) ∘ x + σ(W_f · m + b_f) ∘ m`. With an inner size equal to
/// the model's, the network has no second map, as in Marian.
///
/// Source: Zhang et al. 2018, "Accelerating Neural Transformer via an Average Attention Network", section 3, but for the
/// gates, each of which reads only what it gates, as in Marian.
public struct AverageAttention: Sendable {
  let inner: Linear?
  let outer: Linear?
  let gates: (input: Linear, forget: Linear)?
  let options: AverageAttentionOptions
  let size: Int
  let dropoutRate: Float

  /// Declares `fc1`, `fc2`, `input_gate` and `forget_gate`, as far as the options need them.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - options: the form.
  ///   - dropoutRate: for the result of the network's activation.
  ///   - linear: whether the maps add biases, and how they are initialized.
  ///   - builder: declares the parameters.
  public init(
    size: Int, options: AverageAttentionOptions, dropoutRate: Float, linear: LinearOptions = LinearOptions(),
    in builder: inout ParameterBuilder
  ) {
    let innerSize = options.innerSize
    inner = innerSize > 0 ? builder.scope("fc1") { Linear(size, innerSize, linear, in: &$0) } : nil
    outer =
      innerSize > 0 && innerSize != size
      ? builder.scope("fc2") { Linear(innerSize, size, linear, in: &$0) } : nil
    gates =
      options.isGated
      ? (
        input: builder.scope("input_gate") { Linear(size, size, linear, in: &$0) },
        forget: builder.scope("forget_gate") { Linear(size, size, linear, in: &$0) }
      ) : nil
    (self.options, self.size, self.dropoutRate) = (options, size, dropoutRate)
  }

  /// The output at every position of every sentence.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - sentences: each sentence's rows, in order.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(_ x: Tensor, sentences: [Range<Int>], on tape: Tape) -> Tensor {
    combine(x, tape.cumulativeMean(x, sentences: sentences), on: tape)
  }

  /// The means before the first step.
  public func makeState() -> RecurrentState { RecurrentState(size: size) }

  /// The output at one new position of each hypothesis.
  ///
  /// - Parameters:
  ///   - x: shape `[hypotheses, size]`.
  ///   - position: the new position, from 0.
  ///   - state: the means of the step before; becomes those of this step.
  ///   - parents: for each hypothesis the row of the step before that it continues.
  ///   - tape: the tape of this step.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(
    _ x: Tensor, position: Int, state: inout RecurrentState, parents: [Int32], on tape: Tape
  ) -> Tensor {
    combine(
      x, tape.cumulativeMeanStep(x, position: position, state: &state, parents: parents), on: tape)
  }

  private func combine(_ x: Tensor, _ mean: Tensor, on tape: Tape) -> Tensor {
    var mean = mean
    if let inner {
      let hidden = tape.activate(inner(mean, on: tape), options.activation.function)
      mean = tape.dropout(hidden, rate: dropoutRate)
      mean = outer.map { $0(mean, on: tape) } ?? mean
    }
    guard let gates else { return mean }
    return tape.gatedSum(
      x, mean, gates: (x: gates.input(x, on: tape), y: gates.forget(mean, on: tape)))
  }
}

public import Autodiff
internal import Tensors

/// How a decoder layer reads the target: by attention, or by a ``DecoderCell`` without attention.
enum TargetReading: Sendable {
  case selfAttention(SelfAttention)
  case recurrence(SimpleRecurrence)
  case average(AverageAttention)

  /// Declares the parameters in a scope named after the cell.
  init(_ options: LayerOptions, in builder: inout ParameterBuilder) {
    switch options.decoderCell {
    case .selfAttention: self = .selfAttention(options.selfAttention(in: &builder))
    case .ssru:
      self = .recurrence(
        builder.scope("ssru") { SimpleRecurrence(size: options.size, linear: options.linear, in: &$0) })
    case .averageAttention:
      self = .average(
        builder.scope("average_attn") {
          AverageAttention(
            size: options.size, options: options.averageAttention, dropoutRate: options.activationDropout,
            linear: options.linear, in: &$0)
        })
    }
  }

  /// All positions of all sentences.
  ///
  /// - Precondition: cells without attention are causal.
  func callAsFunction(_ x: Tensor, spans: [AttentionSpan], causal: Bool, on tape: Tape) -> Tensor {
    if case .selfAttention(let attention) = self {
      return attention(x, spans: spans, causal: causal, on: tape)
    }
    precondition(causal, "only self-attention reads later positions")
    let sentences = spans.map(\.queries)
    return switch self {
    case .selfAttention: x
    case .recurrence(let recurrence): recurrence(x, sentences: sentences, on: tape)
    case .average(let average): average(x, sentences: sentences, on: tape)
    }
  }

  /// What is kept between steps, before the first step.
  func makeHistory() -> DecoderHistory {
    switch self {
    case .selfAttention(let attention): .attention(attention.makeHistory())
    case .recurrence(let recurrence): .state(recurrence.makeState())
    case .average(let average): .state(average.makeState())
    }
  }

  /// One new position for each hypothesis.
  func step(
    _ x: Tensor, history: inout DecoderHistory, descent: Descent, memory: Tape, on tape: Tape
  ) -> Tensor {
    switch (self, history) {
    case (.selfAttention(let attention), .attention(var steps)):
      // The history must not be copied when a step is added.
      history = .empty
      defer { history = .attention(steps) }
      return attention.step(x, history: &steps, ancestors: descent.ancestors, memory: memory, on: tape)
    case (.recurrence(let recurrence), .state(var state)):
      defer { history = .state(state) }
      return recurrence.step(x, state: &state, parents: descent.parents, on: tape)
    case (.average(let average), .state(var state)):
      defer { history = .state(state) }
      return average.step(x, position: descent.position, state: &state, parents: descent.parents, on: tape)
    default: preconditionFailure("the history of another kind of layer")
    }
  }
}

/// What a decoder layer keeps between steps.
public enum DecoderHistory {
  /// Queries, keys and values of all steps.
  case attention(AttentionHistory)
  /// The cells or means of the newest step.
  case state(RecurrentState)
  /// Nothing, while a step is added.
  case empty
}

/// Which earlier rows the hypotheses of a step descend from.
public struct Descent: Sendable {
  /// The position of the new step, from 0.
  public var position: Int
  /// For each hypothesis the row of the step before that it continues; empty in the first step.
  public var parents: [Int32]
  /// For each hypothesis and step the row it descends from, the new step included, shape `[hypotheses, steps]`; empty if
  /// no layer has self-attention.
  public var ancestors: [Int32]

  /// The rows given.
  public init(position: Int, parents: [Int32], ancestors: [Int32]) {
    (self.position, self.parents, self.ancestors) = (position, parents, ancestors)
  }
}

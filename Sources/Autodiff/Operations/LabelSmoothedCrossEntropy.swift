private import CKernels
public import Tensors

/// What a model's predictions of some target tokens cost.
public struct LossSum: Sendable, Equatable {
  /// The label-smoothed cross-entropy, summed over tokens, in nats.
  public var loss: Double
  /// The negative log-likelihood of the right tokens, summed, in nats: what perplexity is made of.
  public var negativeLogLikelihood: Double
  /// How far two predictions of the same tokens lie apart, summed, in nats; 0 without R-Drop.
  ///
  /// It is no part of ``loss``; see ``Tape/rDropCrossEntropy(_:weight:bias:targets:smoothing:alpha:)``.
  public var divergence: Double
  /// How far attention is from given alignments, summed over the target tokens that have links, in nats; 0 without.
  ///
  /// It is no part of ``loss``; see ``AttentionGuide``.
  public var alignment: Double
  /// Target tokens, `</s>` counted.
  public var tokens: Int
  /// Sentences that could not be aligned and are in no other sum; see ``CTCTarget/isFeasible``.
  public var infeasible: Int

  /// The sums given; nothing where left out.
  public init(
    loss: Double = 0, negativeLogLikelihood: Double = 0, divergence: Double = 0, alignment: Double = 0,
    tokens: Int = 0, infeasible: Int = 0
  ) {
    (self.loss, self.negativeLogLikelihood) = (loss, negativeLogLikelihood)
    (self.divergence, self.alignment) = (divergence, alignment)
    (self.tokens, self.infeasible) = (tokens, infeasible)
  }

  /// Adds another sum.
  public static func += (left: inout LossSum, right: LossSum) {
    left.loss += right.loss
    left.negativeLogLikelihood += right.negativeLogLikelihood
    left.divergence += right.divergence
    left.alignment += right.alignment
    left.tokens += right.tokens
    left.infeasible += right.infeasible
  }

  /// Loss per target token, in nats.
  public var lossPerToken: Double { tokens == 0 ? 0 : loss / Double(tokens) }
  /// Divergence per target token, in nats.
  public var divergencePerToken: Double { tokens == 0 ? 0 : divergence / Double(tokens) }
  /// Distance from alignments per target token, in nats.
  public var alignmentPerToken: Double { tokens == 0 ? 0 : alignment / Double(tokens) }
  /// exp of the negative log-likelihood per token.
  public var perplexity: Double { tokens == 0 ? 1 : exponential(negativeLogLikelihood / Double(tokens)) }
}

extension Tape {
  /// The output layer with its loss: logits `x · Wᵀ + b`, then label-smoothed cross-entropy summed over rows.
  ///
  /// loss = -(1 - ε) · log p[target] - ε / V · Σ log p. The logits of a whole batch would be the largest thing
  /// in memory, so they are made, used and forgotten in chunks that stay in the cache, and their gradient
  /// takes their place. The loss is the root of a training step: its derivatives are added at once, and
  /// ``backward()`` goes on from `x`.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[rows, size]`.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or none.
  ///   - targets: the right token of each row.
  ///   - smoothing: ε, `0 ..< 1`; 0.1 is usual.
  /// - Returns: sums over the rows. Not divided: only the whole batch knows by what.
  /// - Complexity: 6 · rows · size · vocabularySize FLOP in training.
  ///
  /// Source: Szegedy et al. 2016, section 7; Vaswani et al. 2017, section 5.4.
  public func labelSmoothedCrossEntropy(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, targets: [Int32], smoothing: Float
  ) -> LossSum {
    let (rows, classes) = (x.shape.rows, weight.shape.rows)
    precondition(
      targets.count == rows && weight.shape.columns == x.shape.columns
        && targets.allSatisfy { 0..<classes ~= Int($0) },
      "labelSmoothedCrossEntropy: x \(x.shape), weight \(weight.shape), \(targets.count) targets")
    let operation = begin("output layer and loss", flop: 2 * rows * x.shape.columns * classes)
    let (w, b) = (tensor(weight), bias.map { tensor($0) })
    let chunk = min(max(rows, 1), rowsPerChunk(classes: classes))
    let logits = makeBuffer(chunk * classes)
    var sum = LossSum(tokens: rows)
    for first in stride(from: 0, to: rows, by: chunk) {
      let range = first..<min(first + chunk, rows)
      let matrix = Matrix(logits, rows: range.count, columns: classes)
      multiplier.project(x.matrix.rows(range), weight: weight, w.matrix, bias: b?.values, to: matrix)
      var likelihood = 0.0
      sum.loss += targets.withUnsafeBufferPointer { targets in
        cross_entropy(
          logits, targets.baseAddress.map { $0 + first }, range.count, classes, smoothing,
          mode == .training ? 1 : 0, &likelihood)
      }
      sum.negativeLogLikelihood += likelihood
      guard mode == .training else { continue }
      addDerivative(of: operation) {
        if let dx = x.gradientMatrix {
          multiplier.addProduct(matrix, weight: weight, w.matrix, to: dx.rows(range))
        }
        if let dw = w.gradientMatrix {
          multiplier.addProduct(matrix.transposed, x.matrix.rows(range), to: dw)
        }
        if let db = b?.gradient { rows_sum(db, logits, range.count, classes) }
      }
    }
    end(operation)
    return sum
  }
}

/// Rows of logits that the loss has alive at once: few enough for the cache, enough for a fast product.
package func rowsPerChunk(classes: Int) -> Int { max(16, logitsPerChunk / classes) }

private let logitsPerChunk = 1 << 21

internal import Autodiff
internal import Layers
internal import Tensors
package import Tokens

/// The state of autoregressive decoding between steps: each source sentence's projected keys and values, computed once,
/// and what each layer keeps of past positions: their keys and values, or a cell.
///
/// Reordering hypotheses copies nothing: only the table of ancestors changes, and from which rows the next step reads.
public struct DecodingState {
  private let decoder: TransformerDecoder
  /// The source sentence of each hypothesis.
  private var sentences: [Int]
  /// For each hypothesis the row of the newest step that it continues.
  private var parents: [Int32]
  /// For each hypothesis and past step the row it descends from, shape `[hypotheses, steps]`; without steps if no layer
  /// has self-attention.
  private var ancestors: [[Int32]]
  private let keepsAncestors: Bool
  /// The position of the next step.
  private var position = 0
  private var histories: [DecoderHistory]
  private let projected: [Tensor]
  private let sourceRows: [Range<Int>]
  private let memory: Tape
  private let scratch: Tape
  private let output: (weight: Parameter, bias: Parameter?)
  /// For each source sentence the output layer's rows for some tokens, if only their scores are wanted.
  private var shortlists: ShortlistedLists?
  private var keepsAttention = false
  private let alignmentHeads: AlignmentHeads?
  /// The attention of each hypothesis to each token of its source, including `</s>`, in the newest step; nil unless
  /// ``keepAttention()`` was called.
  ///
  /// The mean over ``ModelConfiguration/alignmentHeads``, or over the heads of the last layer, as in fairseq and CTranslate2.
  public private(set) var attention: [[Float]]?

  /// A state before its first step, with one hypothesis for each sentence.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - encoded: the encoder's output, which need not be kept.
  ///   - sourceRows: the rows of each sentence in it.
  ///   - memory: holds what all steps read.
  ///   - scratch: is reset at each step.
  init(_ model: Transformer, encoded: Tensor, sourceRows: [Range<Int>], memory: Tape, scratch: Tape) {
    guard let decoder = model.decoder else { preconditionFailure("the model has no autoregressive decoder") }
    self.decoder = decoder
    projected = decoder.layers.map { $0.crossAttention.project(encoded, on: memory) }
    histories = decoder.layers.map { $0.makeHistory() }
    sentences = Array(sourceRows.indices)
    ancestors = sentences.map { _ in [] }
    parents = sentences.indices.map { Int32($0) }
    keepsAncestors = model.configuration.decoderCell == .selfAttention
    alignmentHeads = model.configuration.alignmentHeads
    self.sourceRows = sourceRows
    (self.memory, self.scratch) = (memory, scratch)
    output = (model.output, model.outputBias)
  }

  /// The number of hypotheses.
  public var count: Int { sentences.count }

  /// Keeps the hypotheses `survivors`, in that order, possibly repeated.
  public mutating func select(_ survivors: [Int]) {
    sentences = survivors.map { sentences[$0] }
    parents = survivors.map { parents[$0] }
    if keepsAncestors { ancestors = survivors.map { ancestors[$0] } }
  }

  /// From now on, the scores of steps are those of some tokens only, in their order.
  ///
  /// - Parameter tokens: for each source sentence, without repetitions. Where a sentence has fewer than another, the scores
  ///   of its hypotheses end in -∞.
  package mutating func restrictOutput(to tokens: [[TokenID]]) {
    precondition(tokens.count == sourceRows.count, "\(tokens.count) lists for \(sourceRows.count) sentences")
    shortlists = memory.gatherRows(of: output.weight, bias: output.bias, lists: tokens)
  }

  /// Keeps ``attention`` from the next step on.
  public mutating func keepAttention() { keepsAttention = true }

  mutating func step(_ last: [TokenID], scores: inout [Float]) {
    let hidden = advance(last)
    if let shortlists {
      scratch.project(hidden, weights: shortlists, lists: sentences, into: &scores)
    } else {
      scratch.project(hidden, weight: output.weight, bias: output.bias, into: &scores)
    }
  }

  mutating func bestTokens(
    after last: [TokenID], _ model: Transformer, excluding excluded: [[TokenID]]
  ) -> [TokenID?] {
    model.bestTokens(advance(last), excluding: excluded, on: scratch)
  }

  /// Reads one token of each hypothesis.
  ///
  /// - Returns: the decoder's output, shape `[hypotheses, size]`.
  private mutating func advance(_ last: [TokenID]) -> Tensor {
    precondition(last.count == count, "step: \(last.count) tokens for \(count) hypotheses")
    scratch.reset()
    if keepsAncestors { for row in ancestors.indices { ancestors[row].append(Int32(row)) } }
    let descent = Descent(
      position: position, parents: position > 0 ? parents : [],
      ancestors: keepsAncestors ? ancestors.flatMap { $0 } : [])
    let spans = crossSpans()
    let positions = [Int32](repeating: Int32(position), count: count)
    let weights = keepsAttention ? scratch.makeAttentionWeights(of: spans, heads: alignmentHeads?.heads) : nil
    let aligning = alignmentHeads?.layer ?? decoder.layers.count - 1
    var x = decoder.embeddings(last, positions: positions, on: scratch)
    for (index, layer) in decoder.layers.enumerated() {
      x = layer.step(
        x,
        source: SourceReading(
          keysAndValues: projected[index], spans: spans,
          weights: index == aligning ? weights : nil), history: &histories[index],
        descent: descent, memory: memory, on: scratch)
    }
    position += 1
    parents = sentences.indices.map { Int32($0) }
    attention = weights.map { attentionShares($0.means) }
    return decoder.finalNorm.map { $0(x, on: scratch) } ?? x
  }

  /// Rows of weights, each cut to the length of its hypothesis's source.
  private func attentionShares(_ weights: Tensor) -> [[Float]] {
    let (all, width) = (weights.array, weights.shape.columns)
    return sentences.enumerated().map { row, sentence in
      Array(all[row * width..<row * width + sourceRows[sentence].count])
    }
  }

  /// Neighboring hypotheses of one sentence share a span: its keys are read once for all of them.
  private func crossSpans() -> [AttentionSpan] {
    var spans: [AttentionSpan] = []
    var first = 0
    for row in sentences.indices where row + 1 == count || sentences[row + 1] != sentences[row] {
      spans.append(AttentionSpan(queries: first..<row + 1, keys: sourceRows[sentences[row]]))
      first = row + 1
    }
    return spans
  }
}

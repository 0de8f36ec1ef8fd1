internal import Tensors

/// Guides attention to follow given links by comparing its weights with them.
///
/// The loss of a query that has links is the cross-entropy between the uniform distribution over the keys that it is
/// linked to and its attention, the mean weight of the first heads before dropout:
///
///     -1/n · Σ log(mean of heads' weight + 1e-6), over its n links
///
/// A query without links has no loss. A guide acts only on a training tape; attention without one computes the same bits
/// as if guides did not exist.
///
/// Source: Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine Translation"; Garg et al. 2019,
/// "Jointly Learning to Align and Translate with Transformer Models", section 4.2.
public struct AttentionGuide: Sendable {
  /// A key that a query should read, both counted within their span.
  public struct Link: Sendable, Equatable {
    let query, key: Int

    /// A link of a query and a key.
    public init(query: Int, key: Int) { (self.query, self.key) = (query, key) }
  }

  private let links: [[Link]]
  private let heads: Int
  private let weight: Float

  /// A guide.
  ///
  /// - Parameters:
  ///   - links: those of each span, in the order of queries, without duplicates.
  ///   - heads: how many of the first heads are taught, at least 1.
  ///   - weight: multiplies the derivatives; the loss is reported without it.
  public init(links: [[Link]], heads: Int, weight: Float) {
    precondition(heads > 0, "AttentionGuide: \(heads) heads")
    (self.links, self.heads, self.weight) = (links, heads, weight)
  }

  /// Compares attention weights with the links.
  ///
  /// - Parameters:
  ///   - weights: of all spans and heads, before dropout.
  ///   - count: heads of the attention.
  ///   - spans: one for each list of links.
  ///   - tape: provides memory.
  /// - Returns: the loss and its derivatives by the weights.
  func compare(
    _ weights: UnsafePointer<Float>, heads count: Int, spans: [AttentionSpan], on tape: Tape
  ) -> AttentionGuidance {
    precondition(
      links.count == spans.count && heads <= count,
      "AttentionGuide: links of \(links.count) spans for \(spans.count), \(heads) of \(count) heads")
    let pairs = spans.reduce(0) { $0 + $1.queries.count * $1.keys.count }
    let derivatives = tape.makeBuffer(pairs)
    derivatives.update(repeating: 0, count: pairs)
    var (before, loss) = (0, 0.0)
    for (span, links) in zip(spans, links) {
      compare(weights + count * before, span, links, into: derivatives + before, loss: &loss)
      before += span.queries.count * span.keys.count
    }
    return AttentionGuidance(loss: loss, heads: heads, derivatives: derivatives)
  }

  private func compare(
    _ weights: UnsafePointer<Float>, _ span: AttentionSpan, _ links: [Link],
    into derivatives: UnsafeMutablePointer<Float>, loss: inout Double
  ) {
    let (queries, keys) = (span.queries.count, span.keys.count)
    for run in links.chunked(by: \.query) {
      let share = 1 / Float(run.count)
      for link in run {
        precondition(
          0..<queries ~= link.query && 0..<keys ~= link.key, "AttentionGuide: \(link) outside of \(span)")
        let place = link.query * keys + link.key
        let mean = (0..<heads).reduce(0) { $0 + weights[$1 * queries * keys + place] } / Float(heads)
        loss -= Double(share) * logarithm(Double(mean + leastAttention))
        derivatives[place] = -weight * share / (Float(heads) * (mean + leastAttention))
      }
    }
  }
}

/// The result of comparing attention weights with a guide.
struct AttentionGuidance {
  /// The cross-entropy, summed over queries, in nats.
  let loss: Double
  /// How many of the first heads are taught.
  let heads: Int
  /// Derivatives of the weighted loss by the attention weights, the same for each of these heads.
  let derivatives: UnsafePointer<Float>

  /// The derivatives of a span and head, in rows of keys; nil if there are none.
  func of(_ head: AttentionKernel.Head) -> UnsafePointer<Float>? {
    head.number < heads ? derivatives + head.pairsBefore : nil
  }
}

/// Added inside the logarithm, so that the loss stays finite when attention reads none of the links.
private let leastAttention: Float = 1e-6

extension Array {
  /// Runs of neighbors that have the same property.
  fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [ArraySlice<Element>] {
    var runs: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices where index + 1 == endIndex || key(self[index]) != key(self[index + 1]) {
      runs.append(self[start...index])
      start = index + 1
    }
    return runs
  }
}

internal import Tensors

/// What attention should look at: compares its weights with given links and teaches it to follow them.
///
/// The loss of a query that has links is the cross-entropy of the uniform distribution over the keys that it is linked
/// to and its attention, the mean of the first heads' weights before dropout:
///
///     -1/n · Σ log(mean of heads' weight + 1e-6), over its n links
///
/// A query without links has no loss. It belongs to one call of ``Tape/attend(_:heads:spans:causal:dropoutRate:guide:)``
/// on a training tape; without a guide that does no more than it did before.
///
/// Source: Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine Translation"; Garg et al. 2019,
/// "Jointly Learning to Align and Translate with Transformer Models", section 4.2.
public final class AttentionGuide {
  /// A key that a query is to look at, both counted within their span.
  public struct Link: Sendable, Equatable {
    let query, key: Int

    /// A link of a query and a key.
    public init(query: Int, key: Int) { (self.query, self.key) = (query, key) }
  }

  private let links: [[Link]]
  private let heads: Int
  private let weight: Float

  /// The cross-entropy, summed over queries, in nats, without the weight; 0 until attention was compared.
  public private(set) var loss = 0.0

  /// A guide.
  ///
  /// - Parameters:
  ///   - links: of each span, in the order of queries, none twice.
  ///   - heads: how many of the first heads are meant, at least 1.
  ///   - weight: what derivatives are multiplied by.
  public init(links: [[Link]], heads: Int, weight: Float) {
    precondition(heads > 0, "AttentionGuide: \(heads) heads")
    (self.links, self.heads, self.weight) = (links, heads, weight)
  }

  /// Adds up the loss and makes its derivatives by the weights.
  ///
  /// - Parameters:
  ///   - weights: of all spans and heads, before dropout.
  ///   - count: heads of the attention.
  ///   - spans: as many as there are lists of links.
  ///   - tape: where memory comes from.
  /// - Returns: those derivatives.
  func compare(
    _ weights: UnsafePointer<Float>, heads count: Int, spans: [AttentionSpan], on tape: Tape
  ) -> AttentionGuidance {
    precondition(
      links.count == spans.count && heads <= count,
      "AttentionGuide: links of \(links.count) spans for \(spans.count), \(heads) of \(count) heads")
    let pairs = spans.reduce(0) { $0 + $1.queries.count * $1.keys.count }
    let derivatives = tape.makeBuffer(pairs)
    derivatives.update(repeating: 0, count: pairs)
    var before = 0
    for (span, links) in zip(spans, links) {
      compare(weights + count * before, span, links, into: derivatives + before)
      before += span.queries.count * span.keys.count
    }
    return AttentionGuidance(heads: heads, derivatives: derivatives)
  }

  private func compare(
    _ weights: UnsafePointer<Float>, _ span: AttentionSpan, _ links: [Link],
    into derivatives: UnsafeMutablePointer<Float>
  ) {
    let (queries, keys) = (span.queries.count, span.keys.count)
    for run in links.chunked(by: \.query) {
      let share = 1 / Float(run.count)
      for link in run {
        precondition(link.query < queries && link.key < keys, "AttentionGuide: \(link) outside of \(span)")
        let place = link.query * keys + link.key
        let mean = (0..<heads).reduce(0) { $0 + weights[$1 * queries * keys + place] } / Float(heads)
        loss -= Double(share) * logarithm(Double(mean + leastAttention))
        derivatives[place] = -weight * share / (Float(heads) * (mean + leastAttention))
      }
    }
  }
}

/// Derivatives of a guide's loss by the weights, the same for each head that it means.
struct AttentionGuidance {
  let heads: Int
  let derivatives: UnsafePointer<Float>

  /// Those of a span and head, rows of keys; nil where there are none.
  func of(_ head: AttentionKernel.Head) -> UnsafePointer<Float>? {
    head.number < heads ? derivatives + head.pairsBefore : nil
  }
}

/// Added under the logarithm, so that attention that looks elsewhere with all its weight has a loss.
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

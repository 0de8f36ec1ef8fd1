public import Tokens

/// How a translation must begin: a sequence of tokens, or several that spell the same text.
///
/// It is a graph whose paths from the first node are the allowed beginnings. Text that ends within a word can be spelled in
/// many ways, since the last token may go on beyond it.
public struct TokenPrefix: Sendable, Equatable {
  /// For each node, the tokens that may follow, with the node that each leads to.
  ///
  /// Nodes lead to later ones. The number of nodes stands for the end of the prefix, after which any token may follow.
  public let nodes: [[TokenID: Int]]

  /// A prefix of these nodes.
  ///
  /// - Precondition: each node has an edge, and edges lead to later nodes or to the end.
  public init(nodes: [[TokenID: Int]]) {
    for (index, edges) in nodes.enumerated() {
      precondition(
        !edges.isEmpty && edges.values.allSatisfy { index < $0 && $0 <= nodes.count },
        "TokenPrefix: node \(index) leads to \(edges)")
    }
    self.nodes = nodes
  }

  /// A sequence of tokens.
  public init(_ tokens: [TokenID]) {
    self.init(nodes: tokens.enumerated().map { [$0.element: $0.offset + 1] })
  }

  /// The tokens that may follow a beginning, ascending; nil if it is already long enough.
  ///
  /// - Parameter beginning: predicted tokens, which follow the prefix as far as it goes.
  func next(after beginning: [TokenID]) -> [TokenID]? {
    var node = 0
    for token in beginning {
      guard node < nodes.count, let next = nodes[node][token] else { return nil }
      node = next
    }
    return node < nodes.count ? nodes[node].keys.sorted() : nil
  }

  /// The number of tokens of its longest path.
  var longestLength: Int {
    var lengths = [Int](repeating: 0, count: nodes.count + 1)
    for (index, edges) in nodes.enumerated() {
      for next in edges.values { lengths[next] = max(lengths[next], lengths[index] + 1) }
    }
    return lengths[nodes.count]
  }

  /// All tokens that occur in it.
  var tokens: [TokenID] { nodes.flatMap(\.keys) }

  func mappingTokens(_ transform: (TokenID) -> TokenID) -> TokenPrefix {
    TokenPrefix(nodes: nodes.map { Dictionary($0.map { (transform($0.key), $0.value) }) { first, _ in first } })
  }
}

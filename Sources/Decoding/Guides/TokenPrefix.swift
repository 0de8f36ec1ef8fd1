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

  /// A prefix of nodes, without the dead ends among them; nil if the first one is one.
  ///
  /// - Parameters:
  ///   - end: the number that stands for the end.
  ///   - nodes: as in ``nodes``, but each may lead nowhere.
  public init?(leadingTo end: Int, _ nodes: [[TokenID: Int]]) {
    var nodes = nodes
    var isAlive = [Bool](repeating: false, count: end + 1)
    isAlive[end] = true
    for index in nodes.indices.reversed() {
      nodes[index] = nodes[index].filter { isAlive[$0.value] }
      isAlive[index] = !nodes[index].isEmpty
    }
    guard isAlive[0] else { return nil }
    let places = (0...end).map { node in isAlive[..<node].count { $0 } }
    self.init(nodes: nodes.filter { !$0.isEmpty }.map { $0.mapValues { places[$0] } })
  }

  /// This prefix, then another.
  public func followed(by next: TokenPrefix) -> TokenPrefix {
    TokenPrefix(nodes: nodes + next.nodes.map { $0.mapValues { $0 + nodes.count } })
  }

  /// The tokens that may follow a beginning.
  ///
  /// - Parameter beginning: predicted tokens, which follow the prefix as far as it goes.
  /// - Returns: ascending; nil if the beginning is already long enough.
  func next(after beginning: [TokenID]) -> [TokenID]? {
    var node = 0
    for token in beginning {
      guard node < nodes.count, let next = nodes[node][token] else { return nil }
      node = next
    }
    return node < nodes.count ? nodes[node].keys.sorted() : nil
  }

  /// Whether the translation ends with it.
  func isWhole(endingIn end: TokenID) -> Bool { nodes.last == [end: nodes.count] }

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
    TokenPrefix(
      nodes: nodes.map { Dictionary($0.map { (transform($0.key), $0.value) }) { first, _ in first } })
  }
}

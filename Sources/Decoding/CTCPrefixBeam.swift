import Glibc
import Tokens

/// The best prefixes of one sentence's translation, with the probabilities of all paths that spell them.
struct CTCPrefixBeam {
  private let size: Int
  private let blank: TokenID
  private var tree = PrefixTree()
  /// Best first.
  private var live = [Prefix(node: PrefixTree.root, endingInBlank: 0)]

  /// A prefix with two log-probabilities, because a repeated token counts as a new one only after a blank.
  private struct Prefix {
    let node: Int
    /// The log-probability of all paths that end in a blank.
    var endingInBlank = -Double.infinity
    /// The log-probability of all paths that end in the prefix's last token.
    var endingInToken = -Double.infinity

    var total: Double { logSum(endingInBlank, endingInToken) }
  }

  init(size: Int, blank: TokenID) { (self.size, self.blank) = (size, blank) }

  /// The prefixes with their log-probabilities, best first.
  var best: [(tokens: [TokenID], logProbability: Double)] {
    live.map { (tree.tokens(of: $0.node), $0.total) }
  }

  /// Advances by one row.
  ///
  /// - Parameters:
  ///   - tokens: the tokens that may extend a prefix to one that is not in the beam.
  ///   - logProbability: the log-probability of a token in this row.
  mutating func advance(over tokens: [TokenID], logProbability: (TokenID) -> Double) {
    let places = Dictionary(uniqueKeysWithValues: live.enumerated().map { ($1.node, $0) })
    var next = live.map { kept($0, places: places, logProbability: logProbability) }
    // A new prefix below everything in a full beam cannot enter; this rules out nearly all of them.
    let limit = live.count < size ? -.infinity : next.reduce(.infinity) { min($0, $1.total) }
    let steps = tokens.map { (token: $0, step: logProbability($0)) }
    for prefix in live {
      let (total, last) = (prefix.total, tree.token(of: prefix.node))
      for (token, step) in steps {
        let sum = (token == last ? prefix.endingInBlank : total) + step
        guard sum > limit else { continue }
        let child = tree.child(of: prefix.node, token)
        if places[child] == nil { next.append(Prefix(node: child, endingInToken: sum)) }
      }
    }
    live = best(of: next)
  }

  /// A prefix that stays the same in this row, including paths that reach it from its parent.
  private func kept(_ prefix: Prefix, places: [Int: Int], logProbability: (TokenID) -> Double) -> Prefix {
    var result = Prefix(node: prefix.node, endingInBlank: prefix.total + logProbability(blank))
    guard let last = tree.token(of: prefix.node) else { return result }
    var before = prefix.endingInToken
    if let place = places[tree.parent(of: prefix.node)] {
      let parent = live[place]
      before = logSum(before, last == tree.token(of: parent.node) ? parent.endingInBlank : parent.total)
    }
    result.endingInToken = before + logProbability(last)
    return result
  }

  /// The best prefixes with a positive probability; of equal ones, those that entered the tree first.
  private func best(of prefixes: [Prefix]) -> [Prefix] {
    let ranked: [(prefix: Prefix, total: Double)] = prefixes.map { ($0, $0.total) }
    let possible = ranked.filter { $0.total > -.infinity }
    let sorted = possible.sorted { ($1.total, $0.prefix.node) < ($0.total, $1.prefix.node) }
    return sorted.prefix(size).map { $0.prefix }
  }
}

/// Prefixes of translations as nodes that know their parent; equal prefixes are the same node.
private struct PrefixTree {
  static let root = 0

  private struct Child: Hashable {
    let parent: Int
    let token: TokenID
  }

  /// The parent and token of each node except the root.
  private var nodes: [Child] = []
  private var numbers: [Child: Int] = [:]

  /// The prefix extended by one token.
  mutating func child(of node: Int, _ token: TokenID) -> Int {
    let child = Child(parent: node, token: token)
    if let number = numbers[child] { return number }
    nodes.append(child)
    numbers[child] = nodes.count
    return nodes.count
  }

  /// The last token; nil for the root.
  func token(of node: Int) -> TokenID? { node == Self.root ? nil : nodes[node - 1].token }

  /// The prefix without its last token; the root is its own parent.
  func parent(of node: Int) -> Int { node == Self.root ? node : nodes[node - 1].parent }

  func tokens(of node: Int) -> [TokenID] {
    var (tokens, node): ([TokenID], Int) = ([], node)
    while node != Self.root {
      tokens.append(nodes[node - 1].token)
      node = nodes[node - 1].parent
    }
    return tokens.reversed()
  }
}

/// log(exp(a) + exp(b)).
func logSum(_ a: Double, _ b: Double) -> Double {
  let (greater, less) = (max(a, b), min(a, b))
  return less == -.infinity ? greater : greater + log1p(exp(less - greater))
}

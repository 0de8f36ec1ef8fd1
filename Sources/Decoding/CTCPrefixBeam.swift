import Glibc
import Text

/// The best beginnings of one sentence's translation, with the probabilities of all paths that spell them.
struct CTCPrefixBeam {
  private let size: Int
  private let blank: TokenID
  private var tree = PrefixTree()
  /// Best first.
  private var live = [Prefix(node: PrefixTree.root, endingInBlank: 0)]

  /// A beginning with the logarithms of two probabilities, since a token that comes once more is a new one only
  /// after a blank.
  private struct Prefix {
    let node: Int
    /// Of all paths that end in a blank.
    var endingInBlank = -Double.infinity
    /// Of all paths that end in the beginning's last token.
    var endingInToken = -Double.infinity

    var total: Double { logSum(endingInBlank, endingInToken) }
  }

  init(size: Int, blank: TokenID) { (self.size, self.blank) = (size, blank) }

  /// The beginnings with the logarithms of their probabilities, best first.
  var best: [(tokens: [TokenID], logProbability: Double)] {
    live.map { (tree.tokens(of: $0.node), $0.total) }
  }

  /// Goes one row further.
  ///
  /// - Parameters:
  ///   - tokens: those that may follow, without the blank.
  ///   - logProbability: of a token in this row.
  mutating func advance(over tokens: [TokenID], logProbability: (TokenID) -> Double) {
    var next = Candidates()
    let steps = tokens.map { (token: $0, step: logProbability($0)) }
    let blankStep = logProbability(blank)
    for prefix in live {
      let total = prefix.total
      let last = tree.token(of: prefix.node)
      next[prefix.node].endingInBlank.addExponential(of: total + blankStep)
      if let last {
        next[prefix.node].endingInToken.addExponential(of: prefix.endingInToken + logProbability(last))
      }
      for (token, step) in steps {
        let before = token == last ? prefix.endingInBlank : total
        // A node that no path leads to would only take room.
        if before + step == -.infinity { continue }
        next[tree.child(of: prefix.node, token)].endingInToken.addExponential(of: before + step)
      }
    }
    live = next.best(size)
  }

  /// Beginnings that are reached in a row, each of them once however many ways lead to it.
  private struct Candidates {
    private var prefixes: [Prefix] = []
    private var places: [Int: Int] = [:]

    subscript(node: Int) -> Prefix {
      mutating get {
        if let place = places[node] { return prefixes[place] }
        places[node] = prefixes.count
        prefixes.append(Prefix(node: node))
        return prefixes[prefixes.count - 1]
      }
      set { if let place = places[node] { prefixes[place] = newValue } }
    }

    /// The best, among equals those that the tree has had longer.
    func best(_ count: Int) -> [Prefix] {
      let ranked: [(prefix: Prefix, total: Double)] = prefixes.map { ($0, $0.total) }
      let possible = ranked.filter { $0.total > -.infinity }
      let sorted = possible.sorted { ($1.total, $0.prefix.node) < ($0.total, $1.prefix.node) }
      return sorted.prefix(count).map { $0.prefix }
    }
  }
}

/// Beginnings of translations, each of which knows the one that it goes on from: equal ones are the same node.
private struct PrefixTree {
  static let root = 0

  private struct Child: Hashable {
    let parent: Int
    let token: TokenID
  }

  /// Each node's parent and token, but for the root.
  private var nodes: [Child] = []
  private var numbers: [Child: Int] = [:]

  /// The beginning that has one token more.
  mutating func child(of node: Int, _ token: TokenID) -> Int {
    let child = Child(parent: node, token: token)
    if let number = numbers[child] { return number }
    nodes.append(child)
    numbers[child] = nodes.count
    return nodes.count
  }

  /// The last token; nil for the root.
  func token(of node: Int) -> TokenID? { node == Self.root ? nil : nodes[node - 1].token }

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
private func logSum(_ a: Double, _ b: Double) -> Double {
  let (greater, less) = (max(a, b), min(a, b))
  return less == -.infinity ? greater : greater + log1p(exp(less - greater))
}

extension Double {
  /// Adds a probability to one, both being logarithms.
  fileprivate mutating func addExponential(of logarithm: Double) { self = logSum(self, logarithm) }
}

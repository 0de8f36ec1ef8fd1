import Tokens

/// The required phrases of a sentence, by their tokens.
///
/// Source: Hu et al. 2019, "Improved Lexically Constrained Decoding for Translation and Monolingual Rewriting", section 4,
/// for tries of constraints with alternatives.
struct PhraseTrie: Sendable, Equatable {
  /// A place in the trie.
  struct Node: Sendable, Equatable {
    /// Next nodes by their tokens.
    var children: [TokenID: Int] = [:]
    /// The phrases that are complete here.
    var phrases: [Int] = []
    /// All phrases that have a form through here.
    var passing: Set<Int> = []
  }

  /// The phrases.
  let phrases: [RequiredPhrase]
  /// Where words go on; nil if every token is a word.
  let joints: WordJoints?
  /// The nodes: first the root, then the root for the beginning of a translation.
  private(set) var nodes = [Node(), Node()]
  /// The root, and that at the beginning of a translation.
  static let root = 0, initialRoot = 1

  /// The trie of all forms of all phrases.
  init(_ phrases: [RequiredPhrase], joints: WordJoints? = nil) {
    (self.phrases, self.joints) = (phrases, joints)
    for (index, phrase) in phrases.enumerated() {
      for form in phrase.alternatives { add(form, of: index, from: Self.root) }
      for form in phrase.alternatives + phrase.initialAlternatives {
        add(form, of: index, from: Self.initialRoot)
      }
    }
  }

  private mutating func add(_ form: [TokenID], of phrase: Int, from root: Int) {
    var node = root
    for token in form {
      if let child = nodes[node].children[token] {
        node = child
      } else {
        nodes.append(Node())
        nodes[node].children[token] = nodes.count - 1
        node = nodes.count - 1
      }
      nodes[node].passing.insert(phrase)
    }
    if node != root, !nodes[node].phrases.contains(phrase) { nodes[node].phrases.append(phrase) }
  }
}

/// How far a hypothesis is with the required phrases.
struct PhraseProgress: Sendable {
  /// The phrases that it contains.
  private(set) var met: Set<Int> = []
  /// Where it is in the trie; a root outside of a phrase.
  private var node = PhraseTrie.initialRoot
  /// Tokens of phrases that it contains, those of an unfinished one included.
  private(set) var tokenCount = 0
  /// Tokens of the unfinished phrase.
  private var depth = 0
  /// Whether the newest token is continued by the next one, so that no phrase can begin there.
  private var isWithinWord = false
  /// The phrase that ended with the newest token, and its number of tokens; it does not count if its last word goes on.
  private var newest: (phrase: Int, tokens: Int)?

  /// The tokens that would begin or continue a phrase that is not met, with the phrases they would begin; none for those
  /// that they continue.
  func advancing(in trie: PhraseTrie) -> [(token: TokenID, begins: Set<Int>)] {
    var found: [(token: TokenID, begins: Set<Int>)] = []
    for (token, child) in trie.nodes[node].children where depth > 0 {
      if !trie.nodes[child].passing.isSubset(of: met) { found.append((token, [])) }
    }
    if isWithinWord { return found.sorted { $0.token < $1.token } }
    let root = depth > 0 ? PhraseTrie.root : node
    for (token, child) in trie.nodes[root].children where !found.contains(where: { $0.token == token }) {
      let open = trie.nodes[child].passing.subtracting(met)
      if !open.isEmpty { found.append((token, open)) }
    }
    return found.sorted { $0.token < $1.token }
  }

  /// Whether all phrases are met.
  func isComplete(in trie: PhraseTrie) -> Bool { met.count == trie.phrases.count && !isWithinWord }

  /// The progress after one more token.
  func advanced(by token: TokenID, in trie: PhraseTrie) -> PhraseProgress {
    var next = self
    next.newest = nil
    if let newest, trie.joints?.goesOnBefore[Int(token)] ?? false {
      next.met.remove(newest.phrase)
      next.tokenCount -= newest.tokens
    }
    next.isWithinWord = trie.joints?.goesOnAfter[Int(token)] ?? false
    if let child = trie.nodes[node].children[token], depth > 0 || !isWithinWord,
      !trie.nodes[child].passing.isSubset(of: next.met)
    {
      next.enter(child, in: trie)
    } else {
      // What was begun and not finished counts no longer.
      next.tokenCount -= depth
      (next.node, next.depth) = (PhraseTrie.root, 0)
      if let child = trie.nodes[PhraseTrie.root].children[token], !isWithinWord,
        !trie.nodes[child].passing.isSubset(of: next.met)
      {
        next.enter(child, in: trie)
      }
    }
    return next
  }

  private mutating func enter(_ child: Int, in trie: PhraseTrie) {
    (node, depth, tokenCount) = (child, depth + 1, tokenCount + 1)
    guard let phrase = trie.nodes[child].phrases.first(where: { !met.contains($0) }) else { return }
    met.insert(phrase)
    newest = (phrase, depth)
    (node, depth) = (PhraseTrie.root, 0)
  }
}

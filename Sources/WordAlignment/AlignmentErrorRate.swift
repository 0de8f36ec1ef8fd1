package import Tokens

/// How much links differ from others: 0 for equal, 1 for disjoint ones.
///
/// Source: Och and Ney 2003, "A Systematic Comparison of Various Statistical Alignment Models", equation 46; without
/// possible links, it is 1 - F₁.
package struct AlignmentErrorRate {
  private var (found, wanted, both) = (0, 0, 0)

  /// No pairs yet.
  package init() {}

  /// Adds the links of a pair.
  package mutating func add(_ links: [AlignmentLink], reference: [AlignmentLink]) {
    let (links, reference) = (Set(links), Set(reference))
    found += links.count
    wanted += reference.count
    both += links.intersection(reference).count
  }

  /// The rate of all pairs.
  package var value: Double { found + wanted == 0 ? 0 : 1 - 2 * Double(both) / Double(found + wanted) }
}

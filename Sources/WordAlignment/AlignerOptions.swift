/// How word alignments are learned.
///
/// The defaults are those of Dyer, Chahuneau and Smith 2013.
package struct AlignerOptions: Sendable {
  /// Number of iterations of expectation-maximization.
  package var iterations = 5
  /// The probability that a word has no counterpart.
  package var nullProbability: Float = 0.08
  /// How strongly alignments prefer the diagonal at first.
  package var tension = 4.0
  /// Whether the tension is learned.
  package var learnsTension = true
  /// The parameter of a symmetric Dirichlet prior over translations, which makes rare words less greedy; 0: none, which
  /// is maximum likelihood.
  package var prior = 0.01
  /// Pairs of sentences with more pairs of words get no links: nothing sensible is learned from them.
  package var maximumCells = 1 << 20
  /// Text with more pairs of words is learned from in part, evenly spread, which bounds memory and time.
  package var learningCells = 1 << 28

  /// The defaults.
  package init() {}
}

extension Collection where Element == TokenID {
  /// The fewest rows in which connectionist temporal classification can spell these tokens: one for each, and one for
  /// the blank between adjacent equal tokens.
  ///
  /// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 3.1.
  public var fewestCTCRows: Int { count + zip(self, dropFirst()).count { $0 == $1 } }
}

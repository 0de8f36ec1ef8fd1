/// What can be wrong with search options.
public enum SearchOptionsError: Error, Equatable {
  /// A value that its option cannot have.
  case outOfRange(option: String, found: String, expected: String)
  /// More translations are asked for than the beam holds.
  case moreThanBeam(nBest: Int, beamSize: Int)
}

extension SearchOptionsError: CustomStringConvertible {
  /// What was found, what is expected, and what to do.
  public var description: String {
    switch self {
    case .outOfRange(let option, let found, let expected):
      "\(option) is \(found); expected \(expected)"
    case .moreThanBeam(let nBest, let beamSize):
      "\(nBest) best translations from a beam of \(beamSize): widen the beam to \(nBest), or ask for \(beamSize)"
    }
  }
}

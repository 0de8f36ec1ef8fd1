/// An invalid search option.
public enum SearchOptionsError: Error, Equatable {
  /// A value is out of range.
  case outOfRange(option: String, found: String, expected: String)
  /// More translations are requested than the beam holds.
  case moreThanBeam(nBest: Int, beamSize: Int)
  /// An option that the decoder does not use, with what it is for.
  case unused(option: String, decoder: DecoderKind, purpose: String)
}

extension SearchOptionsError: CustomStringConvertible {
  /// What was found, what is expected, and how to fix it.
  public var description: String {
    switch self {
    case .outOfRange(let option, let found, let expected):
      "\(option) is \(found); expected \(expected)"
    case .moreThanBeam(let nBest, let beamSize):
      "\(nBest) best translations from a beam of \(beamSize): widen the beam to \(nBest), or ask for \(beamSize)"
    case .unused(let option, let decoder, let purpose):
      "\(option) has no effect with \(decoder): it is for \(purpose); leave it out"
    }
  }
}

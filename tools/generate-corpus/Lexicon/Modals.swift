/// A modal: the English construction and the German verb, one for one.
enum Modal: Sendable, CaseIterable {
  case can, must, want, may, should, wouldLike

  /// Infinitive that keys the German tables; "möchte" and "sollte" are kept as verbs of their own.
  var german: String {
    switch self {
    case .can: "können"
    case .must: "müssen"
    case .want: "wollen"
    case .may: "dürfen"
    case .should: "sollten"
    case .wouldLike: "möchten"
    }
  }

  /// Whether it has a past: "could", "had to", "wanted to", "was allowed to".
  var hasPast: Bool {
    switch self {
    case .can, .must, .want, .may: true
    case .should, .wouldLike: false
    }
  }
}

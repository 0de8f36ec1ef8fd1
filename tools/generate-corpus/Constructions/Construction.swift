/// One kind of sentence: how often it occurs and how it is composed.
struct Construction: Sendable {
  let name: String
  /// Its share, relative to the others.
  let weight: Int
  let compose: @Sendable (inout Composer) -> Sentence

  static let all = simple + copular + questions + commands + links + complements + noteworthy + numeric + long
}

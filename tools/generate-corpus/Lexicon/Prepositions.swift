/// A preposition in both languages with the German case it governs.
struct Preposition: Sendable {
  let english: String
  let german: String
  let governs: GrammaticalCase

  /// - Parameter text: such as `for=auf+A`: English, German, and A(ccusative), D(ative) or G(enitive).
  init(_ text: String) {
    let sides = text.split(separator: "=")
    let right = sides.last?.split(separator: "+") ?? []
    precondition(
      sides.count == 2 && right.count == 2, "lexicon: '\(text)' is no preposition like 'for=auf+A'")
    english = sides[0].split(separator: "_").joined(separator: " ")
    german = String(right[0])
    switch right[1] {
    case "A": governs = .accusative
    case "D": governs = .dative
    default: governs = .genitive
    }
  }

  static let with = Preposition("with=mit+D")
  static let `for` = Preposition("for=für+A")
  static let on = Preposition("on=auf+D")
  static let under = Preposition("under=unter+D")
  static let behind = Preposition("behind=hinter+D")
  static let nextTo = Preposition("next_to=neben+D")
  static let inFrontOf = Preposition("in_front_of=vor+D")
  static let after = Preposition("after=nach+D")
  static let before = Preposition("before=vor+D")
  static let during = Preposition("during=während+G")
  static let becauseOf = Preposition("because_of=wegen+G")
  static let despite = Preposition("despite=trotz+G")
  static let by = Preposition("by=von+D")
}

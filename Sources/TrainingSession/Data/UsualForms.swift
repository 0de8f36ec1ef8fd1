import Text
import Tokens

/// The most frequent form of each target word among the forms of it that translate the same source word: about what a
/// glossary says, while a sentence may need another form.
struct UsualForms {
  private let sources, targets: NumberedWords
  /// By source and target word.
  private var numbers: [UInt64: UInt32] = [:]

  /// Finds the forms of words that are translations of each other.
  ///
  /// - Parameters:
  ///   - counts: how often each pair occurs, by its ``key(_:_:)``.
  ///   - sources: the source words.
  ///   - targets: the target words.
  init(_ counts: [UInt64: Int], _ sources: NumberedWords, _ targets: NumberedWords) {
    (self.sources, self.targets) = (sources, targets)
    let texts = targets.texts
    for (_, group) in Dictionary(grouping: counts, by: { $0.key >> 32 }) {
      guard group.count > 1 else { continue }
      let forms = group.map { (number: UInt32(truncatingIfNeeded: $0.key), count: $0.value) }
        .sorted { ($0.count, $1.number) > ($1.count, $0.number) }
        .map { (number: $0.number, text: texts[Int($0.number)]) }
      for form in forms {
        guard let usual = forms.first(where: { WordForms.areForms($0.text, form.text) }),
          usual.number != form.number, let source = group.first?.key
        else { continue }
        numbers[source & ~0xFFFF_FFFF | UInt64(form.number)] = usual.number
      }
    }
  }

  /// What stands for a pair of words.
  static func key(_ source: UInt32, _ target: UInt32) -> UInt64 { UInt64(source) << 32 | UInt64(target) }

  /// The usual form of a target word that translates a source word; nil if it is that form, or if one of the words is not
  /// known.
  func form(of target: ArraySlice<TokenID>, translating source: ArraySlice<TokenID>) -> ArraySlice<TokenID>? {
    guard let first = sources.known(source), let second = targets.known(target) else { return nil }
    return numbers[Self.key(first, second)].map(targets.spelling)
  }

  /// Its memory, in bytes.
  var byteCount: Int { 24 * numbers.capacity + sources.byteCount + targets.byteCount }
}

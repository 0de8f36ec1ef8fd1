import Text
import Tokens

/// The most frequent form of each target word among the forms of it that translate the same source word: about what a
/// glossary says, while a sentence may need another form.
struct UsualForms {
  /// By source and target word.
  private var numbers: [UInt64: UInt32] = [:]

  init() {}

  /// Counts pairs of words that are translations of each other.
  ///
  /// - Parameters:
  ///   - counts: how often each pair occurs, by its ``key(_:_:)``.
  ///   - text: the text of a target word.
  init(_ counts: [UInt64: Int], text: (UInt32) -> String) {
    for (_, group) in Dictionary(grouping: counts, by: { $0.key >> 32 }) {
      guard group.count > 1 else { continue }
      let forms = group.map { (number: UInt32(truncatingIfNeeded: $0.key), count: $0.value) }
        .sorted { ($0.count, $1.number) > ($1.count, $0.number) }
        .map { (number: $0.number, text: text($0.number)) }
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

  /// The usual form of a target word; nil if it is one.
  func number(_ source: UInt32, _ target: UInt32) -> UInt32? { numbers[Self.key(source, target)] }

  /// Its memory, in bytes.
  var byteCount: Int { 24 * numbers.capacity }
}

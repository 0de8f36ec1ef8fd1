public import Tokens

/// Tokens around a term in a source sentence that say how it is to be translated:
/// `<term>`, the term, `<as>`, its translation, `</term>`.
///
/// A model that was trained with them uses the translation, in the form that its sentence needs. Like a tag, such a token
/// never comes from text with the same characters.
///
/// Source: Dinu et al. 2019, "Training Neural Machine Translation to Apply Terminology Constraints".
public enum TermMarks {
  /// Their names, in the order in which they stand.
  public static let names = ["<term>", "<as>", "</term>"]

  /// Their ids in a vocabulary.
  public struct IDs: Sendable, Equatable {
    /// Before the term, between it and its translation, and behind that.
    public let opening, meaning, closing: TokenID
  }
}

/// The number of a token: its line in `vocab.txt`, counted from 0.
///
/// 32 bits: no vocabulary is larger, and a corpus of ids takes half the memory of 64.
public typealias TokenID = Int32

/// The tokens that every vocabulary begins with, in this order.
public enum SpecialToken {
  /// Fills a batch behind the end of a short sentence; never read by the model.
  public static let padding: TokenID = 0
  /// What the decoder reads first, written `<s>`.
  public static let beginning: TokenID = 1
  /// Ends every source and every target sentence, written `</s>`.
  public static let end: TokenID = 2
  /// A piece of text that the vocabulary cannot spell, written `<unk>`.
  public static let unknown: TokenID = 3

  /// How the special tokens are written in `vocab.txt`, in the order of their ids.
  public static let names = ["<pad>", "<s>", "</s>", "<unk>"]
}

/// Stand-in until the real one is merged.
public enum NormalizationForm: String, Sendable, CaseIterable {
  /// Composed.
  case nfc
  /// Compatibility.
  case nfkc
  /// As it is.
  case none
}
/// Stand-in.
public enum TokenizerKind: String, Sendable, CaseIterable {
  /// ICU.
  case icu
  /// White space.
  case whitespace
}
/// Stand-in.
public struct Normalizer: Sendable {
  /// Stand-in.
  public init(form: NormalizationForm, lowercase: Bool, language: String) {}
  /// Stand-in.
  public func normalize(_ line: [UInt8]) -> [UInt8] { line }
}
/// Stand-in.
public struct Tokenizer: Sendable {
  /// Stand-in.
  public init(kind: TokenizerKind, language: String) {}
  /// Stand-in.
  public func tokenize(_ line: [UInt8]) -> [UInt8] { line }
}
/// Stand-in.
public struct Detokenizer: Sendable {
  /// Stand-in.
  public init(kind: TokenizerKind) {}
  /// Stand-in.
  public func detokenize(_ tokens: [UInt8]) -> [UInt8] { tokens }
}

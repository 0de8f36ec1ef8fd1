/// What a glossary does to translations.
public enum TermUse: String, Sendable, CaseIterable {
  /// A search finds a translation that has the terms as the glossary writes them.
  case require
  /// The model reads their translations behind them, and uses them in the form that fits; only for models that were trained
  /// with `--annotate-terms`.
  case annotate
  /// Both.
  case both

  var requires: Bool { self != .annotate }
  var annotates: Bool { self != .require }
}

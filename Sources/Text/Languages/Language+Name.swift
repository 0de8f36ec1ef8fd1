extension Language {
  /// The English name, such as `German`; the code if ICU has no name.
  package var name: String { ICU.name(of: code, in: "en") ?? code }
}

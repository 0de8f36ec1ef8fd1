import Formatting

/// A heading with its options, for help texts, man pages and completions.
struct OptionSection: Sendable {
  var title: String
  var rows: [Row]

  struct Row: Sendable {
    var form: OptionForm
    /// The default as text; empty for the flag that is the default of a pair, nil if there is nothing to show.
    var defaultText: String?
  }
}

extension CommandArguments {
  /// The options by heading, including those that every command has.
  static var sections: [OptionSection] {
    let defaults = Self()
    let own = groups.map { group in
      OptionSection(
        title: group.title,
        rows: group.options.map { .init(form: $0.form, defaultText: $0.defaultText(defaults)) })
    }
    let common = OptionForm.common.filter { hasAdvancedOptions || $0.name != OptionForm.allHelp.name }
    return own + [OptionSection(title: "General", rows: common.map { .init(form: $0, defaultText: nil) })]
  }

  /// Whether some options are marked as common, so that `--help` leaves the others to `--help-all`.
  static var hasAdvancedOptions: Bool { groups.contains { $0.options.contains(where: \.form.isCommon) } }
}

extension OptionSection.Row {
  /// The help with accepted values and the default in parentheses; `space` separates "default:" from the value.
  func words(space: String) -> String {
    var notes: [String] = []
    if form.isRequired { notes.append("required" + (form.exception.map { " unless \($0)" } ?? "")) }
    if form.isList { notes.append(form.list == .commaSeparated ? "several with commas" : "may be repeated") }
    if let choices = form.choices { notes.append("one of: " + choices.joined(separator: ", ")) }
    if let limit = form.limit { notes.append(limit.description) }
    if let defaultText { notes.append(defaultText.isEmpty ? "default" : "default:\(space)\(defaultText)") }
    guard !notes.isEmpty else { return form.help }
    // If the help ends in parentheses, continue inside them.
    let start = form.help.hasSuffix(")") ? String(form.help.dropLast()) + "; " : form.help + " ("
    return start + notes.joined(separator: "; ") + ")"
  }
}

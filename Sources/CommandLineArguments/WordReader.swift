/// Assigns the words of a command line to options.
struct WordReader<Arguments> {
  private var rest: ArraySlice<String>
  /// The given options, in order, since of several flags that set the same property the last one wins.
  private(set) var given: [(option: Option<Arguments>, words: [String])] = []
  private(set) var configurationPaths: [String] = []
  private let options: [Option<Arguments>]
  /// The option of a word without one; nil once it has been given.
  private var operand: Option<Arguments>?

  init(_ words: [String], _ options: [Option<Arguments>], operand: String? = nil) {
    (rest, self.options) = (words[...], options)
    self.operand = options.first { $0.name == operand }
  }

  /// Reads all words, or up to the first that requests a document about the command, which is returned.
  mutating func read() throws(ArgumentError) -> CommandDocument? {
    while let word = rest.popFirst() {
      switch word {
      case OptionForm.help.name, "-h": return .help
      case OptionForm.allHelp.name: return .allHelp
      case OptionForm.version.name: return .version
      case CommandDocument.manPageOption: return .manPage
      case CommandDocument.completionOption: return .completion(try shell())
      case "--":
        while let word = rest.popFirst() { try readOperand(word) }
      case let word where word.hasPrefix("--"): try readLong(word)
      case let word where word.hasPrefix("-") && word.count > 1: try readShort(word)
      default: try readOperand(word)
      }
    }
    return nil
  }

  private mutating func readOperand(_ word: String) throws(ArgumentError) {
    guard let operand, !given.contains(where: { $0.option.name == operand.name }) else {
      throw .unexpectedWord(word)
    }
    add(operand, word)
    self.operand = nil
  }

  private mutating func shell() throws(ArgumentError) -> CompletionShell {
    let (option, word) = (CommandDocument.completionOption, rest.popFirst())
    guard let word else { throw .missingValue(option: option, placeholder: "shell", found: nil) }
    guard let shell = CompletionShell(argument: word) else {
      throw .badValue(word, option: option, expected: CompletionShell.expectation)
    }
    return shell
  }

  /// Sets the properties; returns the names of the given options.
  func apply(to arguments: inout Arguments) throws(ArgumentError) -> Set<String> {
    for (option, words) in given { try option.assign(&arguments, words) }
    return Set(given.map(\.option.name))
  }

  private mutating func readLong(_ word: String) throws(ArgumentError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let value = parts.count == 2 ? parts[1] : nil
    if parts[0] == OptionForm.configuration.name {
      let placeholder = OptionForm.configuration.placeholder
      return configurationPaths.append(try attachedOrNext(value, of: parts[0], placeholder))
    }
    guard let option = options.first(where: { $0.name == parts[0] }) else {
      if let common = OptionForm.common.first(where: { $0.name == parts[0] }) {
        throw .needlessValue(option: common.name, value: value ?? "")
      }
      let names = options.map(\.name) + OptionForm.common.map(\.name)
      throw .unknownOption(parts[0], nearest: nearest(to: parts[0], among: names))
    }
    try read(option, writtenAs: parts[0], attached: value)
  }

  private mutating func readShort(_ word: String) throws(ArgumentError) {
    let letter = word[word.index(after: word.startIndex)]
    // "-beam" is a typo for "--beam", not "-b" with the value "eam".
    let isSlip = options.contains { $0.name == "-" + word }
    guard let option = options.first(where: { $0.form.short == letter }), !isSlip else {
      throw .unknownOption(word, nearest: nearest(to: "-" + word, among: options.map(\.name)))
    }
    var attached = word.dropFirst(2)
    if attached.first == "=" { attached.removeFirst() }
    try read(option, writtenAs: "-\(letter)", attached: word.count > 2 ? String(attached) : nil)
  }

  private mutating func read(
    _ option: Option<Arguments>, writtenAs name: String, attached: String?
  ) throws(ArgumentError) {
    if option.form.isFlag {
      add(option, attached ?? "true")
    } else {
      add(option, try attachedOrNext(attached, of: name, option.form.placeholder))
    }
  }

  private mutating func add(_ option: Option<Arguments>, _ word: String) {
    if option.form.isList, let index = given.firstIndex(where: { $0.option.name == option.name }) {
      given[index].words.append(word)
    } else {
      given.append((option, [word]))
    }
  }

  /// The value after `=`, or the next word, which may begin with a dash unless it is an option.
  private mutating func attachedOrNext(
    _ attached: String?, of name: String, _ placeholder: String
  ) throws(ArgumentError) -> String {
    if let attached { return attached }
    guard let word = rest.first, !isOption(word) else {
      throw .missingValue(option: name, placeholder: placeholder, found: rest.first)
    }
    rest = rest.dropFirst()
    return word
  }

  private func isOption(_ word: String) -> Bool {
    if word.hasPrefix("--") { return true }
    guard word.hasPrefix("-"), word.count == 2, let letter = word.last else { return false }
    return letter == "h" || options.contains { $0.form.short == letter }
  }
}

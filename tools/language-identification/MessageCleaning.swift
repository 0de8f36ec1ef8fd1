/// A message of a program without what is no language: placeholders, options, names of files, tags, accelerators.
func cleanMessage(_ message: String) -> String {
  var words: [String] = []
  let isLabel = message.unicodeScalars.count { $0 == "_" || $0 == "&" } == 1
  for part in message.unicodeScalars.split(whereSeparator: isSpace) {
    var word = Array(part)
    // "_File" and "&File" have a key that opens them; so has "檔案(_F)".
    if isLabel { word = withoutAccelerator(word) }
    guard word.contains(where: isTechnical) || isOption(word) || joinsNames(word) else {
      words.append(text(word))
      continue
    }
    // In scripts without spaces, the word is the whole message.
    if 2 * word.count(where: { $0.value > 0x7F }) > word.count {
      words.append(text(word.map { $0.value < 0x80 ? " " : $0 }))
    }
  }
  return words.joined(separator: " ").split(separator: " ").joined(separator: " ")
}

private func text(_ scalars: [Unicode.Scalar]) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars)
  return String(view)
}

private func withoutAccelerator(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
  guard let sign = word.firstIndex(where: { $0 == "_" || $0 == "&" }), sign + 1 < word.count else {
    return word
  }
  let isBracketed = sign > 0 && word[sign - 1] == "(" && sign + 2 < word.count && word[sign + 2] == ")"
  return isBracketed
    ? Array(word[..<(sign - 1)] + word[(sign + 3)...]) : Array(word[..<sign] + word[(sign + 1)...])
}

/// Whether a character is in no word of a language.
private func isTechnical(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "0"..."9", "/", "\\", "@", "=", "{", "}", "<", ">", "$", "%", "~", "|", "^", "#", "*", "_", "&", "+",
    "[", "]":
    true
  default: scalar.value < 0x20
  }
}

/// Whether a character is white space, as far as messages have it.
private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value <= 0x20 || scalar.value == 0xA0 || scalar.value == 0x3000
}

/// Whether a character is a letter, or at least no known punctuation.
private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x41...0x5A, 0x61...0x7A: true
  case 0..<0xC0, 0x2000..<0x2C00, 0x3000..<0x3040, 0xFE00...: false
  default: true
  }
}

/// Whether a word is an option such as `-v`, or all in capitals, as names of variables and units are.
private func isOption(_ word: [Unicode.Scalar]) -> Bool {
  if word.count > 1, word[0] == "-" { return true }
  guard word.allSatisfy(\.isASCII) else { return false }
  let letters = word.filter(isLetter)
  return letters.count > 1 && letters.allSatisfy { "A"..."Z" ~= $0 }
}

/// Whether a word is a name of a file or a host: letters around a period or a colon.
private func joinsNames(_ word: [Unicode.Scalar]) -> Bool {
  zip(word, zip(word.dropFirst(), word.dropFirst(2))).contains { before, next in
    (next.0 == "." || next.0 == ":") && before.isASCII && isLetter(before) && next.1.isASCII
      && isLetter(next.1)
  }
}

/// Whether less than half of a message's words are those of the original.
func isTranslated(_ message: String, from original: String) -> Bool {
  let words = message.lowercased().split(separator: " ")
  let originals = Set(original.lowercased().split(separator: " "))
  return 2 * words.count(where: { originals.contains($0) }) < words.count
}

/// Whether a message has enough letters; characters of Chinese, Japanese and Korean count three times.
func isLongEnough(_ message: String) -> Bool {
  message.unicodeScalars.reduce(0) { $0 + (isLetter($1) ? 0x2E80..<0xD800 ~= $1.value ? 3 : 1 : 0) } >= 12
}

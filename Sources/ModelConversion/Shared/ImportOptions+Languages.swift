internal import Files
internal import Text

extension ImportOptions {
  /// Takes the languages that were not given from names, as publishers choose them.
  ///
  /// - Parameter folder: the path of a folder such as OPUS-MT's `opus-mt-en-de` or Firefox's `enpt`, or with files such as
  ///   Firefox's `model.enpt.intgemm.alphas.bin` and `vocab.enpt.spm`.
  mutating func addLanguages(ofNamesIn folder: String) {
    guard sourceLanguage.isEmpty, targetLanguage.isEmpty else { return }
    let name = folder.nameOfPath
    let found = pairOfPackage(name) ?? pairOfFour(name) ?? pairOfFiles((try? fileNames(in: folder)) ?? [])
    if let found { (sourceLanguage, targetLanguage) = found }
  }
}

/// The languages in the names of two files at least: a single `model.best.npz` is not in Belarusian.
private func pairOfFiles(_ names: [String]) -> (String, String)? {
  let parts = names.map { Set($0.split(separator: ".").map(String.init)) }
  let common = Set(parts.flatMap(\.self)).filter { part in parts.count { $0.contains(part) } > 1 }
  let pairs = common.sorted().compactMap(pairOfFour)
  return pairs.count == 1 ? pairs[0] : nil
}

/// The languages of `enpt`; nil for anything else.
private func pairOfFour(_ name: String) -> (String, String)? {
  guard name.utf8.count == 4, name.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
  else { return nil }
  return pair(String(name.prefix(2)), String(name.suffix(2)))
}

/// The languages of `opus-mt-en-de` or `opus-mt-tc-big-en-pt`; nil for other names, and where one is a group of languages.
private func pairOfPackage(_ name: String) -> (String, String)? {
  let parts = name.split(separator: "-").map(String.init)
  guard name.hasPrefix("opus-mt-"), parts.count >= 4 else { return nil }
  return pair(parts[parts.count - 2], parts[parts.count - 1])
}

private func pair(_ source: String, _ target: String) -> (String, String)? {
  guard let from = try? Language(code: source), let to = try? Language(code: target), from.isKnown,
    to.isKnown, from != .none, to != .none, from != to
  else { return nil }
  return (from.code, to.code)
}

/// Scripts whose languages must be told apart: Chinese and Japanese share one, all others are alone.
package struct ScriptFamilies: Sendable {
  /// ISO 15924 codes of each family.
  package let names: [[String]]
  /// For each number of a script, its family.
  package let ofScript: [UInt8]

  private static let shared = ["Hani", "Hira", "Kana", "Bopo"]

  /// The families of all scripts.
  package init() {
    let table = CharacterTable.shared
    var families = [Self.shared]
    for script in table.scripts where !script.isEmpty && !Self.shared.contains(script) {
      families.append([script])
    }
    (names, ofScript) = (families, table.groups(of: families))
  }

  /// The family with most letters.
  package static func mostFrequent(_ lines: [LetterText]) -> Int? {
    guard var sums = lines.first?.weights else { return nil }
    for line in lines.dropFirst() {
      for (family, weight) in line.weights.enumerated() { sums[family] += weight }
    }
    let best = sums.indices.max { sums[$0] < sums[$1] }
    return best.flatMap { sums[$0] > 0 ? $0 : nil }
  }
}

extension LetterText {
  /// The letters of a text, by families of scripts.
  package init(_ bytes: [UInt8], _ families: ScriptFamilies) {
    self.init(bytes, groupOfScript: families.ofScript, groups: families.names.count)
  }
}

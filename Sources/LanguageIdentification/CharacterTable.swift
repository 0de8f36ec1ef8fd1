import CICU

/// What characters mean for languages: their script, and how they look without case.
///
/// It covers the Basic Multilingual Plane; no language that can be told apart is written outside of it.
package struct CharacterTable: Sendable {
  /// The only table, which takes some milliseconds to make.
  package static let shared = CharacterTable()

  /// The number of what is no letter.
  package static let boundary: UInt8 = 0
  /// The number of what nobody sees: it does not end a word.
  package static let invisible: UInt8 = 1
  /// The number of marks of any script: they belong to that of the letter before them.
  package static let inherited: UInt8 = 2

  /// ISO 15924 codes of scripts by number.
  package let scripts: [String]
  private let entries: [UInt32]

  private init() {
    var (scripts, numbers): ([String], [String: UInt8]) = (["", "", ""], [:])
    var entries = [UInt32](repeating: 0, count: 1 << 16)
    for unit in UInt32(0)..<0x10000 where !(0xD800..<0xE000 ~= unit) {
      let category = icu_category(unit)
      var number = Self.boundary
      switch category {
      case 16: number = Self.invisible
      case ICU_CATEGORY_UPPERCASE_LETTER...8:
        let script = unit == Self.longSound ? "Kana" : unsafe String(cString: icu_script_name(unit))
        if unit == Self.kashida {
          number = Self.invisible
        } else if script == "Zinh" {
          number = Self.inherited
        } else if script != "Zyyy" && script != "Zzzz" {
          number = numbers[script] ?? UInt8(scripts.count)
          if Int(number) == scripts.count {
            numbers[script] = number
            scripts.append(script)
          }
        }
      default: break
      }
      entries[Int(unit)] =
        UInt32(Self.folded(UInt16(unit), category)) | UInt32(number) << 16
        | (icu_may_change_in_nfc(unit) != 0 ? 1 << 24 : 0)
    }
    (self.scripts, self.entries) = (scripts, entries)
  }

  /// The sign for long vowels of Japanese, which Unicode gives to two scripts.
  private static let longSound: UInt32 = 0x30FC
  /// The line that makes Arabic words longer.
  private static let kashida: UInt32 = 0x0640

  /// The letter without case, of several the first.
  private static func folded(_ unit: UInt16, _ category: Int32) -> UInt16 {
    guard category == ICU_CATEGORY_UPPERCASE_LETTER || category == 3 else { return unit }
    var (result, length): ([UInt16], Int32) = ([unit, unit, unit, unit], 0)
    return unsafe icu_fold_case([unit], 1, &result, 4, &length) == 0 && length > 0 ? result[0] : unit
  }

  /// The letter of a code unit, and the number of its script.
  package func letter(_ unit: UInt16) -> (folded: UInt16, script: UInt8) {
    let entry = entries[Int(unit)]
    return (UInt16(truncatingIfNeeded: entry), UInt8(truncatingIfNeeded: entry >> 16))
  }

  /// Whether NFC may change a text with this code unit.
  package func mayCompose(_ unit: UInt16) -> Bool { entries[Int(unit)] >> 24 != 0 }

  /// For each number of a script, the index of the first list that has it; `UInt8.max` for none.
  package func groups(of lists: [[String]]) -> [UInt8] {
    scripts.map { script in lists.firstIndex { $0.contains(script) }.map { UInt8($0) } ?? .max }
  }
}

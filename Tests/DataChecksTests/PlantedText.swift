import DataChecks
import Foundation
import TestSupport

/// Sentences of an English-German text, all different, as the surroundings of faults.
enum PlantedText {
  private static let men = [
    ("man", "Mann"), ("boy", "Junge"), ("teacher", "Lehrer"), ("farmer", "Bauer"), ("baker", "Bäcker"),
    ("doctor", "Arzt"), ("painter", "Maler"), ("sailor", "Matrose"),
  ]
  private static let things = [
    ("dog", "Hund"), ("tree", "Baum"), ("ball", "Ball"), ("table", "Tisch"), ("key", "Schlüssel"),
    ("letter", "Brief"), ("hat", "Hut"), ("fish", "Fisch"), ("spoon", "Löffel"), ("coat", "Mantel"),
  ]
  private static let colors = [
    ("red", "roten"), ("old", "alten"), ("big", "großen"), ("small", "kleinen"), ("green", "grünen"),
    ("new", "neuen"),
  ]
  private static let verbs = [("sees", "sieht"), ("paints", "malt"), ("buys", "kauft"), ("finds", "findet")]

  /// A sentence and its translation; there are 1,920.
  static func pair(_ number: Int) -> (source: String, target: String) {
    let number = number % 1920
    let man = men[number % 8]
    let thing = things[number / 8 % 10]
    let color = colors[number / 80 % 6]
    let verb = verbs[number / 480 % 4]
    return (
      "The \(man.0) \(verb.0) the \(color.0) \(thing.0) today.",
      "Der \(man.1) \(verb.1) heute den \(color.1) \(thing.1)."
    )
  }

  /// Writes a text of which some pairs are given, and returns the line of each.
  static func write(
    _ special: [(source: [UInt8], target: [UInt8])], count: Int = 1600, to folder: TemporaryFolder,
    name: String = "train"
  ) throws -> (files: PairFiles, lines: [Int]) {
    var (source, target, lines): ([UInt8], [UInt8], [Int]) = ([], [], [])
    var line = 0
    func add(_ one: [UInt8], _ other: [UInt8]) {
      source += one + [0x0A]
      target += other + [0x0A]
      line += 1
    }
    // In an order in which neighbors share few words.
    for number in 0..<count {
      let pair = pair(number * 7 % 1920)
      add(Array(pair.source.utf8), Array(pair.target.utf8))
      if number % 5 == 4, number / 5 < special.count {
        add(special[number / 5].source, special[number / 5].target)
        lines.append(line)
      }
    }
    let files = PairFiles(source: folder("\(name).en"), target: folder("\(name).de"))
    try Data(source).write(to: URL(fileURLWithPath: files.source))
    try Data(target).write(to: URL(fileURLWithPath: files.target))
    return (files, lines)
  }
}

import Files

/// A text to translate.
struct FillJob: Sendable {
  /// The index of its unit.
  let unit: Int
  /// The index of its place in the unit.
  let place: Int
  let plan: SegmentPlan
}

/// A file with its translations.
public struct FilledDocument: Sendable, Equatable {
  /// The bytes of the file.
  public internal(set) var contents: [UInt8] = []
  /// The number of texts that were filled in.
  public internal(set) var filledCount = 0
  /// The number of texts that could not be, because a translation was empty or the file's encoding lacks a character.
  public internal(set) var leftCount = 0
}

/// The text with its changes, in the order of their places; those at one place in their order.
func applying(_ edits: [Edit], to text: [UInt8], path: String) throws(FileError) -> [UInt8] {
  var result: [UInt8] = []
  var position = 0
  let order = edits.indices.sorted { (edits[$0].range.lowerBound, $0) < (edits[$1].range.lowerBound, $1) }
  for edit in order.map({ edits[$0] }) {
    guard edit.range.lowerBound >= position, edit.range.upperBound <= text.count else {
      throw .invalidFormat(
        path: path, place: "byte \(edit.range.lowerBound)", found: "units that overlap",
        expected: "separate ones", hint: "")
    }
    result += text[position..<edit.range.lowerBound] + edit.replacement
    position = edit.range.upperBound
  }
  return result + text[position...]
}

/// The fields of a text that have begun: instructions for a word processor, each with its latest result.
///
/// A field may begin in one paragraph and end in another.
struct FieldStack {
  /// A field.
  struct Field {
    let number: Int
    /// Whether its result has not begun.
    var isInInstruction = true
  }

  /// More than any document nests; damaged ones may have millions.
  private static let most = 50

  private var fields: [Field] = []

  /// Whether what comes is part of an instruction.
  var isInInstruction: Bool { fields.contains { $0.isInInstruction } }
  /// The number of the outermost field whose instruction is being read.
  var instructionNumber: Int { fields.first { $0.isInInstruction }?.number ?? 0 }
  /// Whether no further field is counted.
  var isFull: Bool { fields.count >= Self.most }

  mutating func begin(_ number: Int) {
    if !isFull { fields.append(Field(number: number)) }
  }

  mutating func separate() {
    if !fields.isEmpty { fields[fields.count - 1].isInInstruction = false }
  }

  /// The innermost field, which ends; nil if there is none.
  mutating func end() -> Field? { fields.popLast() }
}

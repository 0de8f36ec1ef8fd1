internal import Models

extension AlignmentHeads {
  /// Layer and heads as people count, from 1.
  var description: String {
    let numbers = heads.map { "\($0 + 1)" }.joined(separator: ", ")
    return "\(heads.count == 1 ? "head" : "heads") \(numbers) of decoder layer \(layer + 1)"
  }

  /// How many they are, if they are the first ones of the layer; nil otherwise.
  var firstHeads: Int? { heads == Array(heads.indices) ? heads.count : nil }
}

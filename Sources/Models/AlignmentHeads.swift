/// The heads of one decoder layer's attention over the source that tell best which source tokens a prediction comes from.
///
/// In `config.json`, `alignment_heads` lists them as pairs of layer and head, counted from 0, as in Hugging Face's generation
/// settings of Whisper.
public struct AlignmentHeads: Sendable, Equatable {
  /// The layer, from 0.
  public var layer: Int
  /// The heads whose mean is read, from 0, ascending.
  public var heads: [Int]

  /// Some heads of a layer.
  public init(layer: Int, heads: [Int]) { (self.layer, self.heads) = (layer, heads) }

  /// What is wrong with them in a decoder of `layers` layers with `count` heads each; nil if nothing is.
  func problem(layers: Int, heads count: Int) -> String? {
    guard 0..<layers ~= layer else {
      return "alignment_heads names layer \(layer), expected a number from 0 to \(layers - 1)"
    }
    guard !heads.isEmpty, heads == Set(heads).sorted() else {
      return "alignment_heads names heads \(heads), expected one or more, ascending"
    }
    guard let other = heads.first(where: { !(0..<count ~= $0) }) else { return nil }
    return "alignment_heads names head \(other), expected a number from 0 to \(count - 1)"
  }
}

extension AlignmentHeads: Codable {
  /// Reads pairs of layer and head.
  public init(from decoder: any Decoder) throws {
    let pairs = try decoder.singleValueContainer().decode([[Int]].self)
    guard let layer = pairs.first?.first, pairs.allSatisfy({ $0.count == 2 && $0[0] == layer }) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription:
            "alignment_heads is \(pairs), expected pairs of one layer and its heads: [[5, 0], [5, 1]]"
        ))
    }
    self.init(layer: layer, heads: pairs.map { $0[1] })
  }

  /// Writes pairs of layer and head.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(heads.map { [layer, $0] })
  }
}

/// Multiplications and additions by part of the model.
package struct ArithmeticDescription: Codable, Sendable, Equatable {
  /// What one part costs.
  package struct Part: Codable, Sendable, Equatable {
    /// The part, such as "encoder".
    package var name: String
    /// What it is computed for: a source token, a target token, a position, a sentence.
    package var unit: String
    /// FLOP of the forward pass for each.
    package var forward: Double
    /// FLOP of the derivatives, of which each product has two: by each of its factors.
    package var backward: Double
    /// The share in all FLOP of a pair of typical length.
    package var share: Double
  }

  /// Tokens of a typical sentence on each side.
  package var length: Int
  /// The parts.
  package var parts: [Part]
  /// FLOP forward for a target token with its share of the source, in training.
  package var forward: Double
  /// FLOP backward for the same.
  package var backward: Double
  /// FLOP of attention for a target token with its share of the source, forward, at some lengths.
  package var attentionByLength: [LengthFLOP]

  /// FLOP at a length of sentences.
  package struct LengthFLOP: Codable, Sendable, Equatable {
    /// Tokens of the sentence on each side.
    package var length: Int
    /// FLOP for each target token.
    package var flop: Double
  }

  /// The arithmetic of pairs whose sides both have `length` tokens.
  init(_ model: ModelArithmetic, length: Int) {
    self.length = length
    let whole = model.pair(source: length, target: length)
    func part(_ name: String, _ unit: String, _ flop: Double, times: Double) -> Part {
      Part(
        name: name, unit: unit, forward: flop, backward: 2 * flop,
        share: whole > 0 ? flop * times / whole : 0)
    }
    let tokens = Double(length)
    let attention = Double(model.attention(source: length, target: length)) / max(tokens, 1)
    let all = [
      part("encoder", "source token", Double(model.encoder), times: tokens),
      part("keys and values of the source", "source token", Double(model.keysOfSource), times: tokens),
      part("upsampling", "source token", Double(model.upsampling), times: tokens),
      part("decoder", "target token", Double(model.decoder), times: tokens),
      part(
        "parallel decoder", "position", Double(model.parallelDecoder),
        times: Double(model.positions(source: length, target: length))),
      part("length predictor", "sentence", Double(model.lengthPredictor), times: 1),
      part(
        "output layer", "prediction", Double(model.output),
        times: model.predictions(source: length, target: length)),
      part("attention between tokens", "target token", attention, times: tokens),
    ]
    parts = all.filter { $0.forward > 0 }
    forward = whole / max(tokens, 1)
    backward = 2 * forward
    attentionByLength = [16, 32, 64, 128, 256].map {
      LengthFLOP(length: $0, flop: Double(model.attention(source: $0, target: $0)) / Double($0))
    }
  }

  private enum CodingKeys: String, CodingKey {
    case length, parts, forward, backward
    case attentionByLength = "attention_by_length"
  }
}

internal import ModelFormats
internal import Models

/// The head that guided alignment trains: the first of one layer's attention over the source.
///
/// Source: marian-dev, `src/models/transformer.h`. Marian stores the layer in a model, but not whether it trained with guided
/// alignment, without which the first head is no better than others.
extension MarianOptions {
  /// Marian's option of training: a file of links between words, or `none`.
  static let guidedAlignment = "guided-alignment"
  /// `last`, or a layer of the decoder from 1.
  static let guidedLayer = "transformer-guided-alignment-layer"

  /// The head that guided alignment trained; nil if nothing says that there was any.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - training: all options of the training, if they are beside the model.
  ///   - isGuided: whether models of this kind are always trained so; what options say comes first.
  /// - Returns: layer and head.
  /// - Throws: ``ModelConversionError/badOption(path:key:found:expected:)`` for a layer that there is not.
  func alignmentHeads(of model: ModelConfiguration, training: YAMLNode?, isGuided: Bool)
    throws(ModelConversionError) -> AlignmentHeads?
  {
    let named = text(Self.guidedLayer, default: "last")
    let layer = named == "last" ? model.decoderLayers : Int(named) ?? 0
    guard 1...max(1, model.decoderLayers) ~= layer else {
      throw .badOption(
        path: path, key: Self.guidedLayer, found: named,
        expected: "last, or a layer from 1 to \(model.decoderLayers)")
    }
    let said = [root, training].compactMap { $0?[Self.guidedAlignment]?.text }.first
    // Nobody names a layer, which is the last otherwise, without a reason.
    guard said.map({ $0 != "none" }) ?? (isGuided || named != "last") else { return nil }
    return AlignmentHeads(layer: layer - 1, heads: [0])
  }
}

internal import Files
internal import Layers
internal import ModelFormats
internal import Models
internal import Tensors
internal import Text
internal import Tokens

/// A model of Marian or Bergamot: its options and weights, without a vocabulary.
struct MarianModel {
  /// Marian's name for its options among the tensors.
  static let optionsName = "special:model.yml"

  private let file: TensorFile
  let options: MarianOptions
  private(set) var configuration: ModelConfiguration
  /// The rows of tables of tokens in the file.
  let rows: VocabularyRows

  /// Reads a `.npz` or `.bin` file.
  ///
  /// - Throws: ``ModelConversionError`` for an architecture that is not supported, `FileError` for a damaged file.
  init(path: String) throws {
    file = try path.hasSuffix(".npz") ? .numpy(path: path) : MarianBinary(path: path).tensorFile()
    guard let text = file.texts[Self.optionsName] else {
      throw ModelConversionError.missingFile(
        path: path, what: "the description of the model, '\(Self.optionsName)', which Marian writes into it,")
    }
    options = MarianOptions(
      root: try YAMLDocument(parsing: Array(text.utf8), path: "\(path), \(Self.optionsName)").root, path: path
    )
    configuration = try options.configuration()
    rows = VocabularyRows(configuration)
    if let positions = file["Wpos"] {
      guard let count = positions.shape.first, positions.shape.count == 2 else {
        throw ModelConversionError.wrongShape(
          path: path, name: "Wpos", found: positions.shape, expected: [1024, configuration.size])
      }
      (configuration.positions, configuration.scalesEmbeddings) = (.learned, false)
      configuration.maxPositions = count
    }
    // Students, small and trained with the translations of a teacher, are trained without.
    if configuration.decoderCell == .ssru { configuration.dropout = 0 }
    // Some models were trained without, whatever the options say.
    configuration.hasOutputBias = file["decoder_ff_logit_out_b"] != nil
  }

  /// Whether any matrix is stored as bytes.
  var hasBytes: Bool { weights(configuration, [], keepsBytes: true).hasBytes }

  /// Finds out which head aligns best.
  ///
  /// - Parameters:
  ///   - package: the files beside the model.
  ///   - name: the name of the model's file.
  /// - Throws: ``ModelConversionError`` for a layer that there is not, `FileError` for a damaged file.
  mutating func findAlignmentHeads(_ package: MarianPackage, name: String) throws {
    // Students of Bergamot's and Firefox's pipelines are always trained so, and OPUS-MT's models that are called so.
    let isGuided =
      configuration.decoderCell == .ssru && hasBytes || name.contains("transformer-align")
    configuration.alignmentHeads = try options.alignmentHeads(
      of: configuration, training: try package.trainingOptions(name), isGuided: isGuided)
  }

  /// Whether it has fixed multipliers of activations.
  var hasActivationMultipliers: Bool {
    file.tensors.contains { $0.name.hasSuffix(MarianExport.multiplierSuffix) }
  }

  /// Leaves out tokens beyond those of a vocabulary.
  mutating func fit(_ pipeline: TextPipeline) { configuration.fit(pipeline) }

  /// The model with its special tokens.
  ///
  /// - Parameters:
  ///   - specialTokens: those of the vocabulary.
  ///   - keepsBytes: whether matrices that are stored as bytes stay bytes.
  /// - Returns: architecture and weights.
  /// - Throws: see ``init(path:)``.
  func read(_ specialTokens: SpecialTokens, keepsBytes: Bool) throws -> TrainedTransformer {
    var configuration = configuration
    configuration.specialTokens = specialTokens
    if let problem = configuration.problem {
      throw ModelConversionError.unsupported(
        path: file.path, what: "this model", advice: "no such model is possible here: \(problem)")
    }
    let architecture = Transformer(configuration)
    let weights = weights(
      configuration, try options.tiedLayers(of: configuration), keepsBytes: keepsBytes)
    return TrainedTransformer(architecture, weights: try weights.read(architecture))
  }

  private func weights(_ configuration: ModelConfiguration, _ tiedLayers: [Int], keepsBytes: Bool)
    -> MarianWeights
  {
    MarianWeights(
      file: file, names: MarianNames(configuration, tiedLayers: tiedLayers), rows: rows,
      keepsBytes: keepsBytes)
  }
}

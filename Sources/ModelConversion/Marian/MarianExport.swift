internal import Files
internal import ModelFormats
public import Models
internal import Tensors
public import Text

/// Writes a model as Marian, Bergamot and Firefox read it.
public struct MarianExport: Sendable {
  /// What reads the model.
  public enum Target: Sendable {
    /// Marian: `model.npz` with 32-bit floats.
    case marian
    /// Bergamot, translateLocally and Firefox: a `.bin` file with bytes.
    case bergamot
  }

  private let model: TrainedTransformer
  private let pipeline: TextPipeline
  private let folder: String
  private let configuration: ModelConfiguration
  /// Source text from which multipliers of activations are computed; nil for none.
  private let sample: [[UInt8]]?

  /// - Parameters:
  ///   - model: the model.
  ///   - pipeline: its vocabulary.
  ///   - folder: its folder, for messages.
  ///   - sample: lines of source text; Bergamot's format gets multipliers of activations that suit them. Nil for none.
  public init(_ model: TrainedTransformer, _ pipeline: TextPipeline, folder: String, sample: [[UInt8]]? = nil)
  {
    (self.model, self.pipeline, self.folder, self.sample) = (model, pipeline, folder, sample)
    configuration = model.architecture.configuration
  }

  /// Checks that the format can hold the model.
  ///
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)``.
  func requireExportable() throws(ModelConversionError) {
    _ = try MarianOptions.document(of: configuration, folder: folder)
    _ = try vocabularyFiles()
  }

  /// What is a little different in the format, in sentences.
  var notes: [String] {
    guard let heads = configuration.alignmentHeads, MarianOptions.guidedLayer(of: configuration) == nil else {
      return []
    }
    return ["Marian aligns words by the first head of a layer, not by \(heads.description)"]
  }

  /// Writes the model, its vocabulary, and a configuration with which the engine translates: all files or none.
  ///
  /// - Parameters:
  ///   - target: what reads it.
  ///   - output: an existing folder.
  ///   - shortlist: the path of a lexical shortlist to go with it.
  /// - Throws: ``ModelConversionError`` if the format cannot hold the model, `FileError` if a file cannot be written.
  public func write(_ target: Target, to output: String, shortlist: String? = nil) throws {
    let options = try MarianOptions.document(of: configuration, folder: folder).text
    let vocabularies = try vocabularyFiles()
    var files = [try stagedModel(target, options, output)]
    for (name, contents) in vocabularies {
      files.append(try stagedFile(path: "\(output)/\(name)", contents: contents))
    }
    if let shortlist {
      files.append(try stagedFile(path: "\(output)/lex.s2t.bin", contents: readFile(path: shortlist)))
    }
    let vocabularyNames = vocabularies.map(\.name)
    let settings = configurationFile(
      target, vocabularies: [vocabularyNames[0], vocabularyNames[vocabularyNames.count - 1]],
      hasShortlist: shortlist != nil)
    files.append(
      try stagedFile(
        path: "\(output)/\(target == .marian ? "model.npz.decoder.yml" : "config.yml")",
        contents: Array(settings.text.utf8)))
    try commitTogether(files)
    // Files that another model had here would be read with this one.
    for name in ["vocab.spm", "srcvocab.spm", "trgvocab.spm"] where !vocabularyNames.contains(name) {
      removeFile("\(output)/\(name)")
    }
    if shortlist == nil { removeFile("\(output)/lex.s2t.bin") }
  }

  /// The file of the model, not at its path yet.
  private func stagedModel(_ target: Target, _ options: String, _ output: String) throws -> AtomicFile {
    let names = MarianNames(configuration)
    let places = model.architecture.parameters.compactMap { item in
      names.place(of: item).map { (item: item, place: $0) }
    }
    switch target {
    case .marian:
      let writer = try NumpyArchiveWriter(path: "\(output)/model.npz")
      for (item, place) in places {
        let (shape, values) = floats(of: item, place)
        try writer.add(name: place.name, shape: shape, values: values)
      }
      try writer.add(name: MarianModel.optionsName, text: options)
      return try writer.finish()
    case .bergamot:
      let matrices = places.map { quantized($0.item, $0.place) }
      let items = try (matrices + multipliers(places)).sorted { $0.name < $1.name }
      return try stagedMarianBinary(
        path: "\(output)/model.intgemm8.bin",
        items: items + [MarianItem(name: MarianModel.optionsName, text: options)])
    }
  }

  /// The SentencePiece models of both sides, or of both together.
  private func vocabularyFiles() throws(ModelConversionError) -> [(name: String, contents: [UInt8])] {
    guard let source = pipeline.segmentation(.source) as? SentencePieceSegmentation,
      let target = pipeline.segmentation(.target) as? SentencePieceSegmentation
    else {
      throw .notExportable(
        folder: folder, format: "Marian",
        what: "its vocabulary is not SentencePiece's, so Marian cannot split text",
        advice: "train with build-vocab --segmentation sentencepiece")
    }
    guard source.list == nil, target.list == nil else {
      throw .notExportable(
        folder: folder, format: "Marian", what: "its tokens have other ids than its SentencePiece models",
        advice: "export it to huggingface, whose vocabularies have such lists")
    }
    return source.model.contents == target.model.contents
      ? [("vocab.spm", source.model.contents)]
      : [("srcvocab.spm", source.model.contents), ("trgvocab.spm", target.model.contents)]
  }

  private func floats(of item: NamedParameter, _ place: MarianPlace) -> (shape: [Int], values: [Float]) {
    let values = model.weights.values(of: item.parameter).floats
    switch place.form {
    case .vector: return ([1] + item.extents, values)
    case .table: return (item.extents, values)
    case .weight: return (item.extents.reversed(), transposed(values, rows: item.extents[0]))
    }
  }

  /// A matrix as bytes with one multiplier; vectors stay floats.
  private func quantized(_ item: NamedParameter, _ place: MarianPlace) -> MarianItem {
    let values = model.weights.values(of: item.parameter)
    guard place.form != .vector else {
      return MarianItem(name: place.name, shape: [1] + item.extents, values: values.floats)
    }
    // The shape is that of the floats; rows of weights are stored output by output, as ours.
    let shape = place.form == .table ? item.extents : item.extents.reversed()
    // Matrices other than embeddings are stored column by column, so a table of the output layer is, too.
    func stored(_ bytes: [Int8]) -> [Int8] {
      place.form == .table && !place.name.contains("Wemb") ? transposed(bytes, rows: item.extents[0]) : bytes
    }
    if case .int8(let bytes, let scales) = values, let scale = scales.first, scale > 0,
      scales.allSatisfy({ $0 == scale })
    {
      return MarianItem(
        name: place.name, shape: shape, stored: stored(bytes), multiplier: multiplier(of: scale),
        family: .browsermt)
    }
    let rounded = SingleScaleRounding(values.floats)
    return MarianItem(
      name: place.name, shape: shape, stored: stored(rounded.bytes), multiplier: rounded.multiplier,
      family: .browsermt)
  }

  /// Multipliers of the inputs of all products.
  private func multipliers(_ places: [(item: NamedParameter, place: MarianPlace)])
    throws(ModelConversionError)
    -> [MarianItem]
  {
    guard let sample else { return [] }
    let multipliers = ActivationMultipliers(model, pipeline, lines: sample)
    let output =
      configuration.tying == .all
      ? "Wemb" : configuration.tying == .decoder ? "decoder_Wemb" : MarianNames.output
    var items: [MarianItem] = []
    for (item, place) in places where place.form == .weight || place.name == output {
      guard let multiplier = multipliers.multiplier(of: item.parameter) else {
        throw .notExportable(
          folder: folder, format: "bergamot",
          what: "the sample of --alphas has no sentence that the model can translate",
          advice: "give some lines of text of the source language")
      }
      // The output layer of a shortlist has no name in the engine.
      let name = place.form == .weight ? place.name : "none"
      items.append(MarianItem(name: "\(name)\(Self.multiplierSuffix)", shape: [1, 1], values: [multiplier]))
    }
    return items
  }

  /// How the names of multipliers of activations end.
  static let multiplierSuffix = "_QuantMultA"

  /// A multiplier whose reciprocal, which readers compute, is a scale exactly, if there is one.
  private func multiplier(of scale: Float) -> Float {
    let quotient = 1 / scale
    return [quotient, quotient.nextUp, quotient.nextDown].first { 1 / $0 == scale } ?? quotient
  }

  /// How the engine translates.
  private func configurationFile(_ target: Target, vocabularies: [String], hasShortlist: Bool) -> YAMLDocument
  {
    var pairs: [(String, YAMLNode)] = [
      ("relative-paths", .plain(true)),
      ("models", .list([.plain(target == .marian ? "model.npz" : "model.intgemm8.bin")])),
      ("vocabs", .list(vocabularies.map { .plain($0) })),
    ]
    if hasShortlist { pairs.append(("shortlist", .list([.plain("lex.s2t.bin"), .plain(false)]))) }
    pairs += [
      ("beam-size", .plain(target == .marian ? 6 : 1)), ("normalize", .plain("1.0")),
      ("word-penalty", .plain(0)),
      ("mini-batch", .plain(64)), ("maxi-batch", .plain(1000)), ("maxi-batch-sort", .plain("src")),
    ]
    if target == .bergamot {
      pairs += [
        ("workspace", .plain(128)), ("max-length-factor", .plain("2.5")),
        ("gemm-precision", .plain(sample == nil ? "int8shift" : "int8shiftAlphaAll")),
        ("skip-cost", .plain(true)),
      ]
    }
    return YAMLDocument(.map(pairs.map { YAMLNode.Pair(key: $0.0, value: $0.1) }))
  }
}

internal import Formatting
internal import Layers
internal import Models
internal import Tensors
internal import Text

extension ImportedModel {
  /// What was recognized, in lines for people.
  public var description: [String] {
    let configuration = model.architecture.configuration
    let cell =
      configuration.decoderCell == .selfAttention
      ? "" : ", decoder cell \(configuration.decoderCell.rawValue)"
    return [
      "\(origin): \(configuration.encoderLayers)+\(configuration.decoderLayers) layers of \(configuration.size), "
        + "\(configuration.heads) heads, \(configuration.normPlacement.rawValue)-norm, "
        + "\(configuration.activation.rawValue)\(cell), weights \(weightType.rawValue), "
        + "\(Readable.count(configuration.parameterCount)) parameters",
      "vocabulary: \(Readable.count(configuration.sourceVocabularySize)) and "
        + "\(Readable.count(configuration.targetVocabularySize)) tokens, from "
        + vocabularyFiles.map { "'\($0)'" }.joined(separator: ", "),
      shortlist.map { "lexical shortlist: '\($0)'" } ?? "no lexical shortlist",
    ]
      + [configuration.alignmentHeads.map { "word alignments: attention of \($0.description)" }].compactMap {
        $0
      }
      + textNotes + notes
  }

  private var textNotes: [String] {
    var notes: [String] = []
    if pipeline.settings.segmentation == ListedTokens.name {
      notes.append(
        "text: no SentencePiece model, so that translate expects and writes tokens, separated by spaces")
    }
    if pipeline.settings.segmentation == ListedBytePairs.name {
      notes.append(
        "text: byte pair encoding of words, so that translate expects and writes tokenized text, as the model's tokenizer "
          + "makes it (words and punctuation separated by spaces)")
    }
    if !pipeline.tags.isEmpty {
      notes.append("tags before source lines: \(pipeline.tags.joined(separator: ", "))")
    }
    return notes
  }
}

public import Text

/// A SentencePiece model that splits lines into the words of BLEU: spBLEU.
///
/// The models of FLORES-101, FLORES-200 and spBLEU-1K are published on the web; their names are part of signatures, so that
/// scores are compared only if they were made with the same model.
///
/// Source: Goyal et al. 2022, "The Flores-101 Evaluation Benchmark for Low-Resource and Multilingual Machine Translation".
public struct PieceTokenizer: Sendable, Equatable {
  /// The name in signatures, such as "flores200".
  public let name: String
  private let segmentation: SentencePieceSegmentation

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - path: a SentencePiece model file.
  ///   - name: its name in signatures.
  /// - Throws: `VocabularyError` if the file cannot be read, or is no model that can be used.
  public init(path: String, name: String) throws(VocabularyError) {
    let model = try SentencePieceModel(path: path)
    self.name = name
    segmentation =
      try SentencePieceSegmentation.pair(
        source: (model, nil), target: (model, nil), settings: TextPipelineSettings(), folder: path
      ).source
  }

  /// Reads a model without a name of its own: signatures have `spm-` and eight digits that depend on the file's bytes.
  ///
  /// - Throws: as ``init(path:name:)``.
  public init(path: String) throws(VocabularyError) {
    let tokenizer = try PieceTokenizer(path: path, name: "spm")
    // The 32-bit FNV-1a hash.
    let hash = tokenizer.segmentation.model.contents.reduce(0x811C_9DC5 as UInt32) {
      ($0 ^ UInt32($1)) &* 0x0100_0193
    }
    let digits = String(hash, radix: 16)
    name = "spm-" + String(repeating: "0", count: 8 - digits.count) + digits
    segmentation = tokenizer.segmentation
  }

  /// An encoder, which one thread can use.
  func makeEncoder() -> SentencePieceEncoder { segmentation.makeEncoder() }

  /// Whether names and models are equal.
  public static func == (one: PieceTokenizer, other: PieceTokenizer) -> Bool {
    one.name == other.name
      && (one.segmentation.model === other.segmentation.model
        || one.segmentation.model.contents == other.segmentation.model.contents)
  }
}

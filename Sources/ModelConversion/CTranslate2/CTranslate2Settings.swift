internal import Files

/// How a CTranslate2 model treats the ends of sentences: `config.json`, or variables before version 6.
///
/// Source: OpenNMT/CTranslate2, `src/models/sequence_to_sequence.cc`.
struct CTranslate2Settings {
  var unknown = "<unk>"
  var beginning = "<s>"
  var end = "</s>"
  /// The token with which the decoder starts; nil if translations begin with a token that the user gives.
  var decoderStart: String? = "<s>"
  var addsEnd = false
  var addsBeginning = false
  var startsFromZeros = false
  /// What norms add to the variance; nil for CTranslate2's value.
  var normEpsilon: Float?

  /// Reads the settings of a model.
  ///
  /// - Throws: ``ModelConversionError`` for a value that cannot be, `FileError` for a damaged file.
  init(folder: String, version: Int, _ variables: CTranslate2Variables) throws {
    startsFromZeros = try variables.number("decoder/start_from_zero_embedding") ?? 0 != 0
    if version < 6 {
      unknown = try variables.text("unk_token") ?? unknown
      beginning = try variables.text("bos_token") ?? beginning
      end = try variables.text("eos_token") ?? end
      addsBeginning = try variables.number("with_source_bos") ?? 0 != 0
      addsEnd = try variables.number("with_source_eos") ?? 0 != 0
      decoderStart = try variables.number("with_target_bos") ?? 1 != 0 ? beginning : end
      if try variables.number("user_decoder_start_tokens") ?? 0 != 0 { decoderStart = nil }
    }
    let path = "\(folder)/config.json"
    guard fileExists(path) else { return }
    let options = try JSONOptions(path: path)
    normEpsilon = try options.real("layer_norm_epsilon")
    guard version >= 6 else { return }
    unknown = try options.text("unk_token") ?? unknown
    beginning = try options.text("bos_token") ?? beginning
    end = try options.text("eos_token") ?? end
    addsBeginning = try options.isOn("add_source_bos", default: false)
    addsEnd = try options.isOn("add_source_eos", default: false)
    decoderStart = try options.text("decoder_start_token")
  }

  /// Whether source sentences end in the end token.
  ///
  /// Converters of Marian's and Hugging Face's models leave that to the user, who appends it; those of OpenNMT's models, whose
  /// decoder starts with the beginning token, have none.
  var endsSource: Bool { addsEnd || startsFromZeros || decoderStart != beginning }

  /// Checks that the model is one from one language, or a tag, to another.
  ///
  /// - Throws: ``ModelConversionError/unsupported(path:what:advice:)``.
  func requireSupported(path: String) throws(ModelConversionError) {
    if addsBeginning {
      throw .unsupported(
        path: path, what: "a source that begins with '\(beginning)'",
        advice: "models without it are supported")
    }
    if decoderStart == nil {
      throw .unsupported(
        path: path,
        what: "a model whose translations begin with a token that the user gives, such as a language",
        advice: "models with one target language, or with a tag before the source, are supported")
    }
  }
}

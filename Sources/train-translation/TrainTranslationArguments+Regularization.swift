import CommandLineArguments
import Models

extension TrainTranslationArguments {
  /// What acts on training alone, beside dropout.
  var regularization: Regularization {
    var result = Regularization()
    result.rDrop = Float(rDrop)
    result.wordDropout = Float(wordDropout)
    return result
  }

  /// What of it is on, by the names in `training.json`; nil for nothing.
  var regularizationInUse: [String: Double]? {
    let all = ["r_drop": rDrop, "word_dropout": wordDropout].filter { $0.value > 0 }
    return all.isEmpty ? nil : all
  }

  /// Refuses what could have no effect.
  func validateRegularization() throws(ArgumentError) {
    let preset = Double(preset.configuration(sourceVocabularySize: 1, targetVocabularySize: 1).dropout)
    let rates = [dropout ?? preset, attentionDropout, activationDropout, wordDropout]
    if rDrop > 0, rates.allSatisfy({ $0 == 0 }) {
      throw .conflict(
        "'--r-drop' has no meaning without '--dropout': both passes of a sentence would be the same")
    }
  }
}

import Evaluation
import Testing
import Text
import TrainingSession

@Suite struct ValidationMetricsTests {
  @Test(arguments: [
    ("", "13a"), ("de", "13a"), ("ko", "13a"), ("ja", "char"), ("jpn", "char"), ("jpn_Jpan", "char"),
    ("JA", "char"),
    ("ja-Latn", "13a"), ("khm", "char"), ("lao", "char"), ("mya_Mymr", "char"), ("tha", "char"),
    ("bod", "char"),
    ("zh", "zh"), ("ZH", "zh"), ("cmn", "zh"), ("yue", "zh"), ("zho_Hant", "zh"), ("zh-Latn", "13a"),
    ("kmr", "13a"), ("jav", "13a"), ("loz", "13a"), ("myv", "13a"), ("thv", "13a"), ("zha", "13a"),
    // A vocabulary of an earlier version, which took anything for a code.
    ("chinese", "13a"), ("zzz", "13a"),
  ])
  func tokenizerOfBLEUFollowsTheLanguage(code: String, name: String) {
    var settings = TextPipelineSettings()
    settings.targetLanguage = code
    let signature = ValidationMetrics(settings).bleu.signature(referenceCount: 1).description
    #expect(signature.contains("|tok:\(name)|"), "\(signature)")
    settings.tokenizer = .whitespace
    #expect(ValidationMetrics(settings).bleu.signature(referenceCount: 1).description.contains("|tok:none|"))
  }
}

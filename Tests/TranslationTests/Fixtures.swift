import FoundationEssentials
import Text
import Translation

/// A text that consists of known characters.
let sampleLines = [
  "the cat sat on the mat .", "a dog barks", "where is the station ?", "",
  "I would like two tickets , please .",
  "yes", "the train to the sea leaves at nine o'clock in the morning , does it not ?", "   ", "no",
  "rain falls on the old roof of the house by the river while nobody is at home to hear it .",
]

/// A pipeline that splits words at spaces, with the characters of ``sampleLines`` and a few merges.
let samplePipeline: TextPipeline = {
  var settings = TextPipelineSettings()
  settings.tokenizer = .whitespace
  settings.merges = 30
  let counts = WordCounts(lines: sampleLines.map { Array($0.utf8) })
  let encoding = BytePairEncoding.learn(from: counts, merges: 30)
  return TextPipeline(
    settings: settings, encoding: encoding, vocabulary: Vocabulary(of: counts, encoding: encoding))
}()

/// Lines of many lengths with the words of ``sampleLines``, some of them blank.
func manyLines(_ count: Int) -> [String] {
  let words = sampleLines.joined(separator: " ").split(separator: " ").map(String.init)
  return (0..<count).map { line in
    let length = line % 9 == 4 ? 0 : line * line * 7 % 23
    return (0..<length).map { words[(line * 13 + $0 * 5) % words.count] }.joined(separator: " ")
  }
}

/// A folder that is removed when it is released.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/translation-tests-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The settings that a test can change before a translator is made.
struct Setup {
  var request = TranslationRequest()
  var options = TranslationOptions()
}

/// A translator that copies its source, unless another model is given.
func makeTranslator(
  _ model: CopyModel? = nil, _ pipeline: TextPipeline = samplePipeline,
  with change: (inout Setup) -> Void = { _ in }
) throws -> Translator {
  var setup = Setup()
  change(&setup)
  return try Translator(
    TranslationService(model: model ?? CopyModel(pipeline), pipeline: pipeline, options: setup.options),
    request: setup.request)
}

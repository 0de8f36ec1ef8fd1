import Files
import Foundation
import ModelConversion
import TestSupport
import Testing
import Text

/// Mutated checkpoints and configurations: an error or a model, never a crash.
///
/// `MODEL_CONVERSION_MUTATIONS=100000` sets the number for each file, `MODEL_CONVERSION_FILE=config.yaml` chooses one.
@Suite struct CheckpointFuzzTests {
  static let files = ["checkpoint_best.pt", "dict.en.txt", "best.ckpt", "config.yaml", "src_vocab.txt"]

  @Test(arguments: files)
  func mutatedFilesAreErrorsOrModels(name: String) throws {
    let environment = ProcessInfo.processInfo.environment
    if let only = environment["MODEL_CONVERSION_FILE"], only != name { return }
    let folder = try TemporaryFolder()
    if name == "checkpoint_best.pt" || name.hasPrefix("dict") {
      let variant = FairseqTests.variants[0]
      try FairseqTests.write(FairseqTests.sample(variant), variant, to: folder.path)
    } else {
      var variant = JoeyNMTTests.variants[1]
      variant.isFirstVersion = name == "config.yaml"
      try JoeyNMTTests.write(JoeyNMTTests.sample(variant), variant, to: folder.path)
    }
    let seed = try readFile(path: folder(name))
    let count = environment["MODEL_CONVERSION_MUTATIONS"].flatMap { Int($0) } ?? 300
    var mutator = ByteMutator(seed: 16)
    var (errors, results) = (0, 0)
    for _ in 0..<count {
      try Data(mutator.mutated(seed)).write(to: URL(fileURLWithPath: folder(name)))
      do {
        _ = try ImportedModel(path: folder.path)
        results += 1
      } catch is FileError {
        errors += 1
      } catch is VocabularyError {
        errors += 1
      } catch is ModelConversionError {
        errors += 1
      }
    }
    #expect(errors > 0, "\(errors) errors, \(results) results")
    if count != 300 { print("\(name): \(count) mutations, \(errors) errors, \(results) results") }
  }
}

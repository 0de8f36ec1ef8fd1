import Foundation
import ModelConversion
import ModelFormats
import Models
import Testing
import Tokens

/// Logits that other toolkits computed, written by `tools/compare-huggingface`, `compare-joeynmt` and `compare-fairseq`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["COMPARED_MODELS"] != nil))
struct ComparedLogitsTests {
  static let folders: [String] = {
    guard let root = ProcessInfo.processInfo.environment["COMPARED_MODELS"] else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().map { "\(root)/\($0)" }.filter {
      FileManager.default.fileExists(atPath: "\($0)/logits.test")
    }
  }()

  @Test(arguments: folders)
  func logitsAreEqual(folder: String) throws {
    let imported = try ImportedModel(path: folder)
    let file = try TensorFile.open(path: "\(folder)/logits.test")
    let width = imported.model.architecture.configuration.targetVocabularySize
    var greatest: Float = 0
    for index in 0..<file.tensors.count / 3 {
      func ids(_ name: String) throws -> [TokenID] {
        try file.tensor("\(name).\(index)").integers().map { TokenID($0) }
      }
      let found = imported.model.logits(try ids("source"), try ids("target"), tokens: width)
      greatest = max(greatest, greatestDifference(found, try file.floats(of: "logits.\(index)")))
    }
    print("\(folder): largest difference \(greatest)")
    #expect(file.tensors.count >= 3 && greatest < 1e-4)
  }
}

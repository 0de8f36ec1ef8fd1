import Files
import Models
import Tensors
import TestSupport
import Testing

@Suite struct ModelFilesTests {
  /// Writes a model, lets `change` damage it, and reads it back.
  private func reread(
    _ model: SmallModel, _ change: (_ folder: String, _ weights: String) throws -> Void = { _, _ in }
  ) throws -> TrainedTransformer {
    let folder = try TemporaryFolder()
    try ModelFiles.write(
      TrainedTransformer(model.architecture, weights: model.weights), metadata: ["format": "pt"],
      folder: folder.path)
    try change(folder.path, folder(ModelFiles.weights))
    return try ModelFiles.read(folder: folder.path)
  }

  /// Writes the weights again with one of them changed.
  private func rewrite(_ path: String, _ change: (inout [SafetensorsFile.Tensor]) -> Void) throws {
    var file = try SafetensorsFile(path: path)
    change(&file.tensors)
    try file.write(path: path)
  }

  @Test(arguments: EmbeddingTying.allCases)
  func writtenAndReadBackIsTheSame(_ tying: EmbeddingTying) throws {
    let model = SmallModel { $0.tying = tying }
    let read = try reread(model)
    #expect(read.architecture.configuration == model.architecture.configuration)
    #expect(read.weights.array == model.weights.array)
  }

  @Test func orderAndFurtherTensorsDoNotMatter() throws {
    let model = SmallModel()
    let read = try reread(model) { _, path in
      try rewrite(path) {
        $0.reverse()
        $0.append(
          SafetensorsFile.Tensor(
            name: "final_logits_bias", shape: [1, 31], values: [Float](repeating: 0, count: 31)))
      }
    }
    #expect(read.weights.array == model.weights.array)
  }

  @Test func damageIsNamed() {
    let model = SmallModel()
    let name = "model.encoder.layers.1.fc1.weight"
    func expectError(_ words: String, _ change: @escaping (inout [SafetensorsFile.Tensor]) -> Void) {
      #expect {
        _ = try reread(model) { _, path in try rewrite(path, change) }
      } throws: { error in
        let isWordy = "\(error)".contains(name) && "\(error)".contains(words)
        #expect(isWordy, "\(error)")
        return error is CheckpointError
      }
    }
    expectError("has no tensor") { $0.removeAll { $0.name == name } }
    expectError("has shape [24, 35], expected [35, 24]") { tensors in
      for index in tensors.indices where tensors[index].name == name { tensors[index].shape = [24, 35] }
    }
    expectError("NaN or infinite") { tensors in
      for index in tensors.indices where tensors[index].name == name { tensors[index].values[5] = .nan }
    }
    expectError("NaN or infinite") { tensors in
      for index in tensors.indices where tensors[index].name == name { tensors[index].values[5] = .infinity }
    }
  }

  @Test func missingFilesAreNamed() {
    #expect {
      _ = try ModelFiles.read(folder: "/nowhere/at-all")
    } throws: {
      "\($0)".contains("/nowhere/at-all/config.json")
    }
  }
}

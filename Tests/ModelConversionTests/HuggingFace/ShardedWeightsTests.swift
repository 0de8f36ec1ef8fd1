import Files
import ModelConversion
import ModelFormats
import TestSupport
import Testing
import Text

/// Weights of Hugging Face in several files.
@Suite struct ShardedWeightsTests {
  /// Writes a model whose weights are in two files.
  ///
  /// - Returns: the model before it was split.
  private func write(to folder: String, in ours: String, named name: String = "model.safetensors") throws
    -> SampleModel
  {
    let sample = SampleModel(try SampleVocabulary.joint())
    _ = try ExportedModel(sample.write(to: ours)).write(as: .huggingface, to: folder)
    let file = try TensorFile.open(path: "\(folder)/model.safetensors")
    var places: [JSONTree.Member] = []
    for part in 0..<2 {
      let part = (
        name: "model-0000\(part + 1)-of-00002.\(name.hasSuffix("bin") ? "bin" : "safetensors")", number: part
      )
      let tensors = file.tensors.enumerated().filter { $0.offset % 2 == part.number }.map(\.element)
      places += tensors.map { .init(key: $0.name, value: .string(part.name)) }
      if name.hasSuffix("bin") {
        try TorchFile.write(
          .dictionary(try tensors.map { ($0.name, .tensor(shape: $0.shape, try $0.floats())) }),
          to: "\(folder)/\(part.name)")
      } else {
        let writer = try SafetensorsWriter(
          AtomicFile(path: "\(folder)/\(part.name)", isSummed: true),
          entries: tensors.map { .init(name: $0.name, shape: $0.shape) }, metadata: [:])
        for tensor in tensors { try writer.write(tensor.floats()) }
        try writer.finish().commit()
      }
    }
    removeFile("\(folder)/model.safetensors")
    let index = JSONTree.object([
      .init(key: "metadata", value: .object([])), .init(key: "weight_map", value: .object(places)),
    ])
    try writeFileAtomically(path: "\(folder)/\(name).index.json", contents: Array(index.text().utf8))
    return sample
  }

  @Test(arguments: ["model.safetensors", "pytorch_model.bin"])
  func weightsInSeveralFilesAreOneModel(name: String) throws {
    let folder = try TemporaryFolder()
    let sample = try write(to: folder("theirs"), in: folder("ours"), named: name)
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(
      imported.model.tensors["model.encoder.layers.1.fc1.weight"]
        == sample.model.tensors["model.encoder.layers.1.fc1.weight"])
    let tokens = sample.pipeline.vocabularySize(.target)
    let found = imported.model.logits([5, 6, 0], [3, 4, 0], tokens: tokens)
    #expect(greatestDifference(found, sample.model.logits([5, 6, 0], [3, 4, 0], tokens: tokens)) < 1e-5)
    let same = try ImportedModel(path: folder("theirs/\(name).index.json"))
    #expect(same.model.tensors == imported.model.tensors)
  }

  @Test func damagedIndicesAreErrors() throws {
    let folder = try TemporaryFolder()
    _ = try write(to: folder("theirs"), in: folder("ours"))
    let index = folder("theirs/model.safetensors.index.json")
    func errors(_ text: String) throws -> String {
      try writeFileAtomically(path: index, contents: Array(text.utf8))
      return message { _ = try TensorFile.sharded(index: index) }
    }
    #expect(try errors("{}").contains("weight_map"))
    #expect(try errors(#"{"weight_map": {"a": "../ours/model.safetensors"}}"#).contains("file name"))
    #expect(
      try errors(#"{"weight_map": {"a": "model-00001-of-00002.safetensors"}}"#).contains("no such tensor"))
    #expect(try errors(#"{"weight_map": {"a": "missing.safetensors"}}"#).contains("missing.safetensors"))
    #expect(try errors(#"{"weight_map": {"a": 3}}"#).contains("file name"))
  }
}

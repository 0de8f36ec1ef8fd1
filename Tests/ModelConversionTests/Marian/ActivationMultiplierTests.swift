import Foundation
import Layers
import ModelConversion
import ModelFormats
import Models
import Tensors
import Testing
import Text
import Tokens

/// Fixed scales of activations, which an export to Bergamot's format computes from a sample.
@Suite struct ActivationMultiplierTests {
  private func export(_ example: ExampleModel, _ sample: [String]?) throws -> (ScratchFolder, TensorFile) {
    let folder = try ScratchFolder()
    try MarianExport(
      example.model, example.pipeline, folder: "example", sample: sample?.map { Array($0.utf8) }
    ).write(.bergamot, to: folder.path)
    return (folder, try MarianBinary(path: "\(folder.path)/model.intgemm8.bin").tensorFile())
  }

  private func multiplier(_ file: TensorFile, _ name: String) throws -> Float {
    let tensor = try #require(file["\(name)_QuantMultA"], "no multiplier of \(name)")
    #expect(tensor.type == .float32 && tensor.count == 1)
    return try tensor.floats()[0]
  }

  @Test(arguments: [DecoderCell.ssru, .selfAttention])
  func everyProductHasOne(cell: DecoderCell) throws {
    let example = try ExampleModel { $0.decoderCell = cell }
    let (_, file) = try export(example, ["low wide", "", "newest Haus 42"])
    let matrices = file.tensors.filter { $0.type == .int8 && $0.name != "Wemb" }
    #expect(matrices.count == 2 * 6 + 2 * (cell == .ssru ? 2 + 4 + 2 : 4 + 4 + 2))
    for matrix in matrices { #expect(try multiplier(file, matrix.name) > 0) }
    #expect(try multiplier(file, "none") > 0)
    #expect(file.tensors.count { $0.name.hasSuffix("_QuantMultA") } == matrices.count + 1)
  }

  /// The first layer's input is the embeddings, scaled, and positions; with one sentence there is one product.
  @Test func oneProductHasItsGreatestInput() throws {
    let example = try ExampleModel()
    let line = "low wide"
    let (_, file) = try export(example, [line])
    let configuration = example.model.architecture.configuration
    let size = configuration.size
    let ids = example.pipeline.encode(Array(line.utf8), side: .source).ids + [configuration.specialTokens.end]
    let table = try #require(example.model.tensors["model.shared.weight"])
    var greatest = 0.0
    for (position, id) in ids.enumerated() {
      for column in 0..<size {
        // Marian's frequencies reach 1/10000.
        let frequency = pow(10000, -Double(column % (size / 2)) / Double(size / 2 - 1))
        let angle = Double(position) * frequency
        let value = Double(table[Int(id) * size + column]) * Double(size).squareRoot()
        greatest = max(greatest, abs(value + (column < size / 2 ? sin(angle) : cos(angle))))
      }
    }
    for name in ["q", "k", "v"] {
      #expect(abs(try multiplier(file, "encoder_l1_self_W\(name)") / Float(127 / greatest) - 1) < 1e-4)
    }
  }

  @Test func theConfigurationSaysSo() throws {
    let example = try ExampleModel()
    for (sample, precision) in [(["low"], "int8shiftAlphaAll"), (nil, "int8shift")] {
      let (folder, file) = try export(example, sample)
      let settings = try String(contentsOfFile: "\(folder.path)/config.yml", encoding: .utf8)
      #expect(settings.contains("gemm-precision: \(precision)\n"))
      #expect(file.tensors.contains { $0.name.hasSuffix("_QuantMultA") } == (sample != nil))
      // They change nothing here, as notes of an import say.
      let imported = try ImportedModel(path: folder.path)
      #expect(imported.model.weights.count == example.model.weights.count)
      #expect(imported.notes.contains { $0.contains("--alphas") } == (sample != nil))
    }
  }

  @Test func aSampleWithoutTextIsRefused() throws {
    let example = try ExampleModel()
    #expect(message { _ = try export(example, ["", " "]) }.contains("--alphas"))
  }
}

import Files
import Models
import Tensors
import TestSupport
import Testing

@Suite struct CounterpartTests {
  private func model(_ method: NonautoregressiveMethod?, layers: Int = 2, autoregressive: Bool = true)
    -> Transformer
  {
    SmallModel {
      $0.isAutoregressive = autoregressive
      $0.nonautoregressive = method.map {
        var part = NonautoregressiveConfiguration(method: $0)
        part.layers = layers
        return part
      }
    }.architecture
  }

  /// A decoder with fewer layers starts with the first ones, one with more layers with all of them.
  @Test(arguments: NonautoregressiveMethod.allCases, [1, 2, 3])
  func layersBeginAsThoseOfTheOtherDecoder(method: NonautoregressiveMethod, layers: Int) throws {
    let folder = try TemporaryFolder()
    let (teacher, student) = (model(nil), model(method, layers: layers, autoregressive: false))
    let weights = teacher.initialParameters(seed: 1)
    try ModelFiles.write(TrainedTransformer(teacher, weights: weights), folder: folder.path)
    let path = folder(ModelFiles.weights)
    let buffer = student.initialParameters(seed: 2)
    let before = buffer.array
    try student.readParameters(
      student.counterparts(in: teacher), SafetensorsReader(path: path), path: path, into: buffer)

    var taken = 0
    for item in student.parameters {
      let parts = item.name.split(separator: ".")
      let isLayer = item.name.hasPrefix("model.nat_decoder.layers.")
      if isLayer, let layer = Int(parts[3]), layer < 2 {
        let name = (["model", "decoder"] + parts.dropFirst(2)).joined(separator: ".")
        let other = try #require(teacher.parameters.first { $0.name == name })
        #expect(buffer.array(item.range) == weights.array(other.range), "\(item.name)")
        taken += 1
      } else {
        #expect(buffer.array(item.range) == Array(before[item.range]), "\(item.name)")
      }
    }
    #expect(taken == min(layers, 2) * teacher.parameters(withPrefix: "model.decoder.layers.0.").count)
  }

  @Test func otherExtentsAreNoCounterparts() {
    let wide = SmallModel { $0.innerSize = 36 }.architecture
    let names = model(.ctc).counterparts(in: wide).map(\.name)
    #expect(names.contains("model.decoder.layers.0.self_attn.q_proj.weight"))
    #expect(!names.contains { $0.contains("fc1") || $0.hasSuffix("fc2.weight") })
  }
}

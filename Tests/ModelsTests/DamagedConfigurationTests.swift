import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing

/// Whatever `config.json` contains, reading a model folder returns or throws; a crash here ends the test run.
@Suite struct DamagedConfigurationTests {
  static let values = [
    "0", "1", "-1", "2", "3", "7", "24", "31", "1024", "65536", "1048576", "2147483647", "2147483648",
    "4294967296",
    "1099511627776", "3037000500", "4611686018427387904", "9223372036854775807", "-9223372036854775808",
    "9223372036854775808", "100000000000000000000", "0.5", "1.0", "24.5", "1e3", "1e18", "1e300", "1e400",
    "-0.0",
    "5e-324", "null", "true", "false", "\"\"", "\"24\"", "\"relu\"", "\"gelu\"", "\"swiglu\"", "\"pre\"",
    "\"learned\"", "\"rotary\"", "\"alibi\"", "[]", "[24]",
    "{}", "NaN",
    "",
  ]

  /// A configuration with one to three entries changed, removed or written twice, or with damaged bytes.
  private func damaged(_ text: String, using random: inout RandomSource) -> [UInt8] {
    var lines = text.split(separator: "\n").map(String.init)
    for _ in 0...Int.random(in: 0...2, using: &random) {
      let entries = lines.indices.filter { lines[$0].contains(":") }
      guard let index = entries.randomElement(using: &random) else { break }
      let key = lines[index].prefix { $0 != ":" }
      switch Int.random(in: 0..<8, using: &random) {
      case 0: lines.remove(at: index)
      case 1: lines.insert(lines[index], at: index)
      default:
        lines[index] = "\(key): \(Self.values.randomElement(using: &random) ?? "")" + comma(lines[index])
      }
    }
    var bytes = Array(lines.joined(separator: "\n").utf8)
    guard Int.random(in: 0..<6, using: &random) == 0, !bytes.isEmpty else { return bytes }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place...)
    default: bytes.insert(contentsOf: Array("99999999".utf8), at: place)
    }
    return bytes
  }

  private func comma(_ line: String) -> String { line.hasSuffix(",") ? "," : "" }

  /// The paper's model, and variants with their own keys.
  static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { _ in },
    {
      ($0.positions, $0.activation, $0.usesBias) = (.rotary, .swiglu, false)
      $0.initialization = .depthScaled
    },
    { $0.positions = .learned },
  ]

  @Test(arguments: variants.indices)
  func damageIsAnErrorAndNeverACrash(variant: Int) throws {
    let (folder, model) = (try TemporaryFolder(), SmallModel(Self.variants[variant]))
    try ModelFiles.write(
      TrainedTransformer(model.architecture, weights: model.weights), metadata: ["format": "pt"],
      folder: folder.path)
    let path = folder(ModelFiles.configuration)
    let original = try String(contentsOfFile: path, encoding: .utf8)
    try #require(original.split(separator: "\n").count { $0.contains(":") } > 10)
    var random = RandomSource(3)
    var (readable, refused) = (0, 0)
    for _ in 0..<600 {
      try Data(damaged(original, using: &random)).write(to: URL(fileURLWithPath: path))
      do {
        let read = try ModelFiles.read(folder: folder.path)
        // A model with fewer layers finds all its tensors in the file; one with more does not.
        #expect(read.weights.count <= model.weights.count)
        readable += 1
      } catch {
        #expect(!"\(error)".isEmpty)
        refused += 1
      }
    }
    #expect(readable > 10 && refused > 100, "\(readable) readable, \(refused) refused")
  }

  /// The same number everywhere, since products of sizes can overflow.
  @Test(arguments: values)
  func oneValueEverywhereIsNoCrash(_ value: String) throws {
    let (folder, model) = (try TemporaryFolder(), SmallModel())
    try ModelFiles.write(
      TrainedTransformer(model.architecture, weights: model.weights), metadata: ["format": "pt"],
      folder: folder.path)
    let path = folder(ModelFiles.configuration)
    let sizes = [
      "vocab_size", "decoder_vocab_size", "d_model", "encoder_layers", "decoder_layers", "encoder_ffn_dim",
      "decoder_ffn_dim", "encoder_attention_heads", "decoder_attention_heads", "max_position_embeddings",
    ]
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      guard sizes.contains(where: { line.contains("\"\($0)\"") }) else { return String(line) }
      return "\(line.prefix { $0 != ":" }): \(value)" + comma(String(line))
    }
    try lines.joined(separator: "\n").write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: (any Error).self) { try ModelFiles.read(folder: folder.path) }
  }
}

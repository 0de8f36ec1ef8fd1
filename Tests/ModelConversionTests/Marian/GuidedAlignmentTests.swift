import Foundation
import Layers
import ModelConversion
import ModelFormats
import Models
import Testing

/// Which head aligns words, as far as files say it.
@Suite struct GuidedAlignmentTests {
  private static let lastHead = AlignmentHeads(layer: 1, heads: [0])

  private func heads(_ folder: ScratchFolder) throws -> AlignmentHeads? {
    try ImportedModel(path: folder.path).model.architecture.configuration.alignmentHeads
  }

  static func write(
    _ target: MarianExport.Target, _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    let example = try ExampleModel(change)
    try MarianExport(example.model, example.pipeline, folder: "example").write(target, to: folder.path)
    return folder
  }

  /// Without the lines that our export adds, as Marian itself writes it.
  static func writeAsMarian(
    _ target: MarianExport.Target, _ architecture: (inout ModelConfiguration) -> Void = { _ in },
    options change: (String) -> String = { $0 }
  ) throws -> ScratchFolder {
    let folder = try write(target, architecture)
    let (name, key) = ("special:model.yml", "guided-alignment: none\n")
    switch target {
    case .marian:
      let path = "\(folder.path)/model.npz"
      let file = try TensorFile.numpy(path: path)
      let writer = try NumpyArchiveWriter(path: path)
      for tensor in file.tensors {
        try writer.add(name: tensor.name, shape: tensor.shape, values: tensor.floats())
      }
      let text = file.texts[name] ?? ""
      #expect(text.contains(key))
      try writer.add(name: name, text: change(text.replacingOccurrences(of: key, with: "")))
      try writer.commit()
    case .bergamot:
      let path = "\(folder.path)/model.intgemm8.bin"
      var bytes = try Data(contentsOf: URL(filePath: path))
      // Another key of the same length, so that nothing moves.
      let changed = "guided-alignmenu: none\n"
      guard let range = bytes.range(of: Data(key.utf8)) else {
        Issue.record("no key in \(path)")
        break
      }
      bytes.replaceSubrange(range, with: Data(changed.utf8))
      try bytes.write(to: URL(filePath: path))
    }
    return folder
  }

  @Test func studentsInBytesAreTrainedSo() throws {
    #expect(try heads(Self.writeAsMarian(.bergamot) { $0.decoderCell = .ssru }) == Self.lastHead)
    #expect(try heads(Self.writeAsMarian(.bergamot)) == nil)
    #expect(try heads(Self.writeAsMarian(.marian) { $0.decoderCell = .ssru }) == nil)
  }

  /// A model of our own that was trained without says so.
  @Test func anExportedModelSaysThatItWasNot() throws {
    #expect(try heads(Self.write(.bergamot) { $0.decoderCell = .ssru }) == nil)
    #expect(
      try heads(Self.write(.bergamot) { ($0.decoderCell, $0.alignmentHeads) = (.ssru, Self.lastHead) })
        == Self.lastHead)
  }

  @Test func optionsOfTheTrainingSaySo() throws {
    let folder = try Self.writeAsMarian(.marian)
    #expect(try heads(folder) == nil)
    let path = "\(folder.path)/model.npz.yml"
    for (options, expected) in [
      ("guided-alignment: corpus.align\n", Self.lastHead), ("guided-alignment: none\n", nil), ("{}\n", nil),
    ] {
      try options.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try heads(folder) == expected)
    }
  }

  /// Heads that Marian cannot name are not taken for its first one.
  @Test func otherHeadsGetLost() throws {
    let folder = try Self.write(.marian) { $0.alignmentHeads = AlignmentHeads(layer: 1, heads: [1]) }
    #expect(try heads(folder) == nil)
  }

  @Test func modelsOfOPUSAreNamedSo() throws {
    let folder = try Self.writeAsMarian(.marian)
    let name = "opus.spm32k-spm32k.transformer-align.model1.npz.best-perplexity.npz"
    try FileManager.default.moveItem(atPath: "\(folder.path)/model.npz", toPath: "\(folder.path)/\(name)")
    #expect(try heads(folder) == Self.lastHead)
    // What options say comes first.
    try "guided-alignment: none\n".write(
      toFile: "\(folder.path)/opus.spm32k-spm32k.transformer-align.model1.npz.yml", atomically: true,
      encoding: .utf8)
    #expect(try heads(folder) == nil)
  }

  @Test func aLayerMayBeNamed() throws {
    #expect(
      try heads(Self.write(.marian) { $0.alignmentHeads = AlignmentHeads(layer: 0, heads: [0]) })
        == AlignmentHeads(layer: 0, heads: [0]))
    let guided = try Self.writeAsMarian(.marian, options: { $0 + "guided-alignment: corpus.align\n" })
    #expect(try heads(guided) == Self.lastHead)
    let missing = try Self.writeAsMarian(
      .marian,
      options: { $0.replacingOccurrences(of: "alignment-layer: last", with: "alignment-layer: 3") })
    #expect(message { _ = try heads(missing) }.contains("from 1 to 2"))
  }
}

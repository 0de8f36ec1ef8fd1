import Files
import Foundation
import ModelFormats
import Testing

/// Reads the files of a folder, for `tools/compare-model-formats`, which compares what was read with their own libraries.
@Suite(.enabled(if: samplesFolder != nil)) struct SampleFilesTests {
  /// A file becomes one of safetensors, and is written again in other formats.
  ///
  /// `NAME` becomes `NAME.read.safetensors`, `NAME.written.npz`, and `NAME.written.bin` or `NAME.written.ct2` if it was of
  /// Marian or CTranslate2. An error becomes `NAME.error`.
  @Test func modelsAreRead() throws {
    for path in try samples() where !path.hasSuffix(".yml") {
      do {
        try rewrite(path)
      } catch let error as FileError {
        try writeFileAtomically(path: path + ".error", contents: Array("\(error)".utf8))
      }
    }
  }

  /// A file of YAML documents, separated by a byte 1, becomes a list of what was read.
  ///
  /// `NAME.yml` becomes `NAME.yml.read.json`, with what was read and its text for each document, or null for an error.
  @Test func documentsAreRead() throws {
    for path in try samples() where path.hasSuffix(".yml") {
      let results = try readFile(path: path).split(separator: 1, omittingEmptySubsequences: false).map {
        bytes in
        guard let document = try? YAMLDocument(parsing: Array(bytes), path: path) else {
          return JSONTree.null
        }
        return .array([json(document.root), .string(document.text)])
      }
      try writeFileAtomically(path: path + ".read.json", contents: Array(JSONTree.array(results).text().utf8))
    }
  }

  private func samples() throws -> [String] {
    let folder = try #require(samplesFolder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let isOurs = [".read.", ".written.", ".error"]
    let samples = names.filter { name in !isOurs.contains { name.contains($0) } }
    #expect(!samples.isEmpty)
    return samples.map { "\(folder)/\($0)" }
  }

  private func rewrite(_ path: String) throws {
    let file = try TensorFile.open(path: path)
    let tensors = try file.tensors.map { try ($0, $0.floats()) }
    try SafetensorsFile(tensors.map { .init(name: $0.name, shape: $0.shape, values: $1) })
      .write(path: path + ".read.safetensors")
    let archive = try NumpyArchiveWriter(path: path + ".written.npz")
    for (tensor, values) in tensors {
      try archive.add(name: tensor.name, shape: tensor.shape, values: values)
    }
    for (name, text) in file.texts.sorted(by: { $0.key < $1.key }) { try archive.add(name: name, text: text) }
    try archive.commit()
    if let marian = try? MarianBinary(path: path) {
      try writeMarianBinary(path: path + ".written.bin", items: marian.items.map { MarianItem($0) })
    }
    if let model = try? CTranslate2Model(path: path) {
      let variables = try model.variables.map {
        CTranslate2Variable(name: $0.name, shape: $0.shape, type: $0.type, bytes: try $0.storedBytes().array)
      }
      try CTranslate2Model.write(
        path: path + ".written.ct2", specification: model.specification, revision: model.revision,
        variables: variables, aliases: model.aliases)
    }
  }

  private func json(_ node: YAMLNode) -> JSONTree {
    switch node {
    case .scalar(let text, _): .string(text)
    case .list(let nodes): .array(nodes.map(json))
    case .map(let pairs): JSONTree.object([]).with(pairs.map { ($0.key, json($0.value)) })
    }
  }
}

private let samplesFolder = ProcessInfo.processInfo.environment["MODEL_FORMATS_SAMPLES"]

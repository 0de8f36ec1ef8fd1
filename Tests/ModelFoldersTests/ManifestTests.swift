import Files
import Foundation
import ModelFolders
import Testing

@Suite struct ManifestTests {
  let folder = ModelFolder(
    FileManager.default.temporaryDirectory.path + "/manifest-tests-\(UInt64.random(in: 0 ... .max))")

  private func withManifest(_ text: String?, _ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    if let text { try writeFileAtomically(path: folder.manifest, contents: Array(text.utf8)) }
    try body()
  }

  private func changed() throws -> String {
    String(
      decoding: try folder.manifest(changing: [("update", .number("7")), ("from", .string("a"))]),
      as: UTF8.self)
  }

  @Test func scoresAreThoseOfOtherWeights() throws {
    try withManifest(#"{"best_by":"bleu","update":3,"valid_bleu":41.50,"seed":1,"rate":0.10}"#) {
      let text = try changed()
      #expect(
        text == """
          {
            "update" : 7,
            "seed" : 1,
            "rate" : 0.10,
            "from" : "a"
          }

          """)
    }
  }

  @Test func aFolderWithoutManifestGetsOne() throws {
    try withManifest(nil) {
      let text = try changed()
      #expect(text == "{\n  \"update\" : 7,\n  \"from\" : \"a\"\n}\n")
    }
  }

  @Test(arguments: ["", "[1]", "{"]) func whatIsNoManifestIsNamed(_ text: String) throws {
    try withManifest(text) {
      #expect {
        try changed()
      } throws: {
        "\($0)".contains("training.json")
      }
    }
  }

  @Test func aFolderIsTakenByOneProgram() throws {
    try withManifest(nil) {
      let lock = try folder.takeForWriting()
      #expect(throws: FolderInUse.self) { try folder.takeForWriting() }
      withExtendedLifetime(lock) {}
    }
  }

  @Test func foldersAreTheSameByAnyPath() throws {
    try withManifest(nil) {
      let name = (folder.path as NSString).lastPathComponent
      #expect(isSameFolder(folder.path, "\(folder.path)/../\(name)/"))
      #expect(!isSameFolder(folder.path, "\(folder.path)/.."))
      #expect(!isSameFolder(folder.path, "\(folder.path)/none"))
    }
  }
}

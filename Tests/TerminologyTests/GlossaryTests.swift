import Files
import Foundation
import Terminology
import Testing

@Suite struct GlossaryTests {
  /// A file with these contents, removed afterwards.
  func withFile<Result>(_ text: String, name: String = "terms.tsv", _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try body(path)
  }

  @Test func tablesHaveFormsAndDomains() throws {
    let text = "# comment\nvalve\tVentil| Klappe \n\npump\tPumpe\thydraulics\n heart \tHerz\tmedicine\r\n"
    try withFile(text) { path in
      let glossary = try Glossary(path: path)
      #expect(
        glossary.terms == [
          .init(source: "valve", targets: ["Ventil", "Klappe"]), .init(source: "pump", targets: ["Pumpe"]),
          .init(source: "heart", targets: ["Herz"]),
        ])
      let medicine = try Glossary(path: path, domain: "medicine")
      #expect(medicine.terms.map(\.source) == ["valve", "heart"])
    }
  }

  @Test func termBasesAreRead() throws {
    let text = """
      <?xml version="1.0"?><martif type="TBX"><text><body><termEntry id="1">
      <langSet xml:lang="en"><tig><term>valve</term></tig></langSet>
      <langSet xml:lang="de"><tig><term>Ventil</term></tig><tig><term>Klappe</term></tig></langSet>
      </termEntry></body></text></martif>
      """
    try withFile(text, name: "terms.tbx") { path in
      let glossary = try Glossary(path: path, sourceLanguage: "en", targetLanguage: "de")
      #expect(
        glossary.terms
          == [.init(source: "valve", targets: ["Ventil", "Klappe"])])
    }
  }

  @Test(arguments: [
    ("valve\n", "line 1", "no tab"), ("a\tb\nvalve\t \n", "line 2", "an empty column"),
    ("a\tb\tc\td\n", "line 1", "4 columns"), ("\n# nothing\n", "", "no term"),
  ])
  func mistakesAreNamed(text: String, place: String, found: String) throws {
    try withFile(text) { path in
      let error = #expect(throws: FileError.self) { try Glossary(path: path) }
      guard case .invalidFormat(_, let foundPlace, let what, _, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(foundPlace == place && what == found)
    }
  }
}

import Files
import Testing

@Suite struct JSONTextTests {
  let folder = TemporaryFolder()

  private func tree(_ text: String) throws -> JSONTree {
    try readJSONTree(path: folder.file(Array(text.utf8)))
  }

  @Test(arguments: [
    "{}", "[]", "null", #"{"b":[1,2.50,1e400,-0],"a":{"x":null,"y":[]}}"#,
    #"[{"k\"":"a\nb\\ä\u0001"},true,false]"#,
  ])
  func textIsTheSameValue(_ text: String) throws {
    let value = try tree(text)
    #expect(try tree(value.text()) == value)
    #expect(try tree(value.compactText) == value)
    #expect(!value.compactText.contains { $0 == " " || $0 == "\n" })
  }

  @Test func textIsIndented() throws {
    let expected = """
      {
        "b" : [
          1.50,
          {
            "c" : null
          }
        ],
        "a" : {}
      }
      """
    #expect(try tree(#"{"b":[1.50,{"c":null}],"a":{}}"#).text() == expected)
  }

  @Test func keysAreChangedAndDropped() throws {
    let value = try tree(#"{"a":1,"b":2,"c":3}"#)
    #expect(
      value.with([("b", .string("x")), ("d", .null)]).text()
        == (try tree(#"{"a":1,"b":"x","c":3,"d":null}"#).text()))
    #expect(try value.without { $0 == "a" || $0 == "z" } == tree(#"{"b":2,"c":3}"#))
    #expect(JSONTree.null.with([("a", .null)]) == .null && JSONTree.null.without { _ in true } == .null)
  }
}

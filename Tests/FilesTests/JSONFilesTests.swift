import Files
import Foundation
import RandomNumbers
import Testing

@Suite struct JSONFilesTests {
  struct Sample: Codable, Equatable {
    var size: Int
    var name: String
    var rate: Double
    var layers: [Layer]
    var note: String?
    struct Layer: Codable, Equatable { var tied: Bool }
  }

  static let sample = Sample(size: 3, name: "ä/\"", rate: 0.5, layers: [.init(tied: true)], note: nil)

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let words: String
    var testDescription: String { text }
    init(_ text: String, _ words: String) { (self.text, self.words) = (text, words) }
  }

  static let cases = [
    Case("", "line 1: found the end of the file, expected a value"),
    Case("{\n\"size\": 3,\n}", "line 3: found '}', expected a key in quotation marks"),
    Case("{\n\"size\" 3}", "line 2: found '3', expected ':' after the key 'size'"),
    Case("{\"size\": 3 \"name\": 1}", "line 1: found '\"', expected ',' or '}'"),
    Case("{\"size\": 03}", "found '3', expected ',' or '}'"),
    Case("{\"size\": nul}", "found '}', expected 'null'"),
    Case("[1, 2", "found the end of the file, expected ',' or ']'"),
    Case("{\"a\": 1,\n\"a\": 2}", "line 2: found the key 'a' a second time, expected it once"),
    Case("\"\\x\"", "found 'x', expected one of"),
    Case("\"\\ud800\"", "expected the second half of a surrogate pair"),
    Case("[\"a\nb\"]", "found the byte a, expected a string without control characters"),
    Case("[]", "found a list of 0, expected"),
    Case("{}", "key 'size': found no such key, expected a value; add it"),
    Case("{\"size\": \"six\"}", "key 'size': found the string 'six', expected a whole number"),
    Case("{\"size\": null}", "key 'size': found null, expected a whole number"),
    Case("{\"size\": 1.5}", "key 'size': found a fraction or a huge number, expected a whole number"),
    // Fractions and huge numbers that fit are not blamed.
    Case(
      #"{"size":100000000000000000000,"name":"a\n","rate":0.5,"layers":[{"tied":true}]}"#,
      "key 'size': found a fraction or a huge number, expected a whole number"),
    Case(
      #"{"rate":1e30,"name":"","layers":[],"size":2.5}"#, "key 'size': found a fraction or a huge number"),
    Case("{\"size\":1,\"name\":[]}", "key 'name': found a list of 0, expected a string"),
    Case("{\"size\":1,\"name\":\"\",\"rate\":true}", "key 'rate': found true, expected a number"),
    Case(
      "{\"size\":1,\"name\":\"\",\"rate\":1,\"layers\":{}}",
      "key 'layers': found an object of 0 keys, expected a list"),
    Case(
      "{\"size\":1,\"name\":\"\",\"rate\":1,\"layers\":[{\"tied\":true},{\"tied\":2}]}",
      "key 'layers[1].tied': found the number 2, expected true or false"),
    Case(
      "{\"size\":1,\"name\":\"\",\"rate\":1,\"layers\":[{}]}",
      "key 'layers[0].tied': found no such key, expected a value"),
  ]

  @Test(arguments: cases) func saysWhichKeyAndWhy(_ item: Case) throws {
    let folder = TemporaryFolder()
    let path = folder.file(Array(item.text.utf8))
    #expect { try readJSON(Sample.self, path: path) } throws: {
      let message = "\($0)"
      return message.hasPrefix("\(path): ") && message.contains(item.words)
    }
  }

  @Test func readsWhatItWrote() throws {
    let folder = TemporaryFolder()
    try writeJSON(Self.sample, path: folder("a.json"))
    #expect(try readJSON(Sample.self, path: folder("a.json")) == Self.sample)
    let text = try String(decoding: readFile(path: folder("a.json")), as: UTF8.self)
    #expect(text.hasSuffix("}\n") && text.contains("\"ä/\\\"\""))
    let marked = folder.file([0xef, 0xbb, 0xbf] + Array(text.utf8))
    #expect(try readJSON(Sample.self, path: marked) == Self.sample)
  }

  @Test func numbersThatJSONLacksAreNamed() {
    let folder = TemporaryFolder()
    #expect { try writeJSON(["loss": Double.nan], path: folder("a")) } throws: {
      "\($0)".contains("JSON cannot hold nan at 'loss'")
    }
    #expect(folder.names == [])
  }

  @Test func escapesAreRead() throws {
    let text = #"["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00", -0.5e+3, 0, [], {}]"#
    let tree = try JSONParser.parse(Array(text.utf8)[...])
    #expect(
      tree
        == .array([
          .string("\"\\/\u{8}\u{c}\n\r\t"), .string("é😀"), .number("-0.5e+3"), .number("0"), .array([]),
          .object([]),
        ]))
  }

  /// Our parser and Foundation's must accept the same texts, except for duplicate keys.
  @Test func agreesWithFoundationOnMutatedText() throws {
    var random = SplitMix64(state: 6)
    let original = Array(#"{"a":[1,-2.5e3,"x\n\u00e9"],"b":{"c":null,"d":true},"e":"ä"}"#.utf8)
    var disagreements: [String] = []
    for _ in 0..<5000 {
      let bytes = random.mutated(original)
      let ours = Result { try JSONParser.parse(bytes[...]) }
      let theirs = Result { try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) }
      if case .failure(let failure) = ours, "\(failure)".contains("a second time") { continue }
      if ((try? ours.get()) == nil) != ((try? theirs.get()) == nil) {
        disagreements.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    #expect(disagreements == [])
  }
}

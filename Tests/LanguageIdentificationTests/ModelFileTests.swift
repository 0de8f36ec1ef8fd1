import Files
import LanguageIdentification
import RandomNumbers
import Testing

@Suite struct ModelFileTests {
  /// A small model: two languages of one script, and one of another.
  let model: [UInt8] = {
    let groups = [
      ScriptGroup(
        scripts: ["Latn"], languages: ["aa", "bb"], fingerprints: [3, 8, 1000], scales: [0.5, 0.25],
        weights: [1, -1, 127, 0, -127, 5]),
      ScriptGroup(scripts: ["Grek"], languages: ["el"], fingerprints: [], scales: [0], weights: []),
    ]
    return LanguageIdentifier(groups: groups).fileContents
  }()

  @Test func filesAreReadAsWritten() throws {
    let identifier = try LanguageIdentifier(model, path: "small.bin")
    #expect(identifier.languages == ["aa", "bb", "el"])
    #expect(identifier.fileContents == model)
  }

  @Test func theBuiltInFileIsReadAsWritten() throws {
    let bytes = LanguageIdentifier.builtIn.fileContents
    #expect(bytes.count < 1_600_000)
    #expect(try LanguageIdentifier(bytes, path: "built-in.bin").fileContents == bytes)
  }

  @Test func everyCutIsAnError() {
    for count in model.indices {
      #expect(throws: FileError.self) { try LanguageIdentifier(Array(model[..<count]), path: "cut.bin") }
    }
    #expect(throws: FileError.self) { try LanguageIdentifier(model + [0], path: "long.bin") }
  }

  @Test func everyChangedByteIsAnError() {
    for place in model.indices {
      var damaged = model
      damaged[place] ^= 0x10
      #expect(throws: FileError.self) { try LanguageIdentifier(damaged, path: "damaged.bin") }
    }
  }

  /// Files whose checksum is right, but whose contents are not, are an error or harmless.
  @Test func mutationsNeverCrash() {
    var generator = SplitMix64(state: 5)
    var errors = 0
    for _ in 0..<20000 {
      var damaged = Array(model.dropLast(4))
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 8..<damaged.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: damaged.remove(at: place)
        default: damaged.insert([0, 255].randomElement(using: &generator) ?? 0, at: place)
        }
        if damaged.count < 20 { break }
      }
      var sum = Checksum()
      sum.add(damaged.span.bytes)
      for byte in 0..<4 { damaged.append(UInt8(truncatingIfNeeded: sum.value >> (8 * byte))) }
      do {
        let identifier = try LanguageIdentifier(damaged, path: "mutated.bin")
        _ = identifier.identify("aa bb αβγ")
      } catch {
        errors += 1
      }
    }
    #expect(errors > 1000)
  }

  @Test func errorsSayWhatToDo() {
    var other = model
    other[7] = 9
    let error = #expect(throws: FileError.self) { try LanguageIdentifier(other, path: "other.bin") }
    #expect(error?.description.contains("version 9") == true)
    let text = #expect(throws: FileError.self) {
      try LanguageIdentifier(Array("some text".utf8), path: "a.txt")
    }
    #expect(text?.description.contains("other first bytes") == true)
  }
}

import Files
import ModelFormats
import Testing

@Suite struct SafetensorsTests {
  let folder = TemporaryFolder()

  private func file(_ header: String, _ data: [UInt8]) -> String {
    folder.file(low(UInt64(header.utf8.count)) + Array(header.utf8) + data)
  }

  @Test func readsThroughTheSameInterface() throws {
    let file = try TensorFile.safetensors(
      path: file(
        #"{"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"#
          + #""b":{"dtype":"I8","shape":[1,2],"data_offsets":[4,6]}}"#, [0x80, 0x3f, 0, 0xc0, 1, 255]))
    #expect(file.tensors.map(\.name) == ["a", "b"])
    #expect(try file.floats(of: "a") == [1, -2])
    #expect(try file.tensor("b").storedInt8() == [1, -1])
    #expect(try file.tensor("b").integers() == [1, -1])
    #expect(file.texts == ["format": "pt"])
    #expect(message { _ = try file.floats(of: "c") }.contains("no tensor 'c'"))
    #expect(message { _ = try file.tensor("a").storedInt8() }.contains("bfloat16"))
  }

  @Test func overlappingTensorsAreErrors() {
    let path = file(
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      low([1]))
    #expect(throws: FileError.self) { try TensorFile.safetensors(path: path) }
  }

  @Test func smallFloatsAreErrors() {
    let path = file(#"{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}"#, [1])
    #expect(message { _ = try TensorFile.safetensors(path: path) }.contains("F8_E4M3"))
  }
}

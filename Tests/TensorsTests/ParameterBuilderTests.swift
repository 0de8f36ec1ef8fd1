import Tensors
import Testing

@Suite struct ParameterBuilderTests {
  @Test func scopesMakeNamesAndOffsetsFollowDeclarations() {
    var builder = ParameterBuilder()
    let first = builder.matrix("table", 3, 4, .constant(0))
    let (second, third) = builder.scope("model.encoder") { builder in
      builder.scope("fc1") {
        ($0.matrix("weight", 2, 4, .glorotUniform()), $0.vector("bias", 2, .constant(1)))
      }
    }
    let last = builder.vector("end", 1, .constant(0))
    #expect(
      builder.parameters.map(\.name) == [
        "table", "model.encoder.fc1.weight", "model.encoder.fc1.bias", "end",
      ])
    #expect(builder.parameters.map(\.extents) == [[3, 4], [2, 4], [2], [1]])
    #expect(builder.parameters.map(\.parameter) == [first, second, third, last])
    #expect([first, second, third, last].map(\.offset) == [0, 12, 20, 22])
    #expect(builder.parameters[2].initializer == .constant(1))
    #expect(builder.count == 23)
  }

  @Test func stackedPartsAreOneParameter() {
    var builder = ParameterBuilder()
    _ = builder.vector("before", 7, .constant(0))
    let matrices = [2, 3].map { builder.matrix("w\($0)", $0, 5, .constant(0)) }
    let vectors = [2, 3].map { builder.vector("b\($0)", $0, .constant(0)) }
    let matrix = builder.stacked(matrices)
    #expect((matrix.offset, matrix.shape) == (7, [5, 5]))
    let vector = builder.stacked(vectors, isVector: true)
    #expect((vector.offset, vector.shape) == (32, [5]))
  }

  @Test func stackingNeighborsOnly() async {
    await #expect(processExitsWith: .failure) {
      var builder = ParameterBuilder()
      let first = builder.matrix("a", 2, 2, .constant(0))
      _ = builder.vector("between", 1, .constant(0))
      _ = builder.stacked([first, builder.matrix("b", 2, 2, .constant(0))])
    }
  }
}

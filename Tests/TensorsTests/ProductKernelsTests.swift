private import CKernels
import Tensors
import Testing

@Suite struct ProductKernelsTests {
  @Test func theDescriptionNamesEachKernel() {
    let kernels = ProductKernels(float32: .library)
    #expect("\(kernels)".hasPrefix(kernels.library + "; bfloat16: "))
    #expect("\(kernels)".contains("; float32 in training: by OpenBLAS, in translation: "))
    #expect("\(kernels)".hasSuffix("; int8: " + kernels.int8))
    #expect(
      "\(ProductKernels(float32: .parts))".contains("; float32 in training: three bfloat16 parts by AMX, in ")
    )
    #expect((kernels.bfloat16 == nil) == (MatrixPrecision.bfloat16.problem != nil))
    if Float32Products.parts.problem == nil { #expect(kernels.bfloat16 == "AMX") }
  }

  /// The system is asked once, by whichever thread comes first; all get the same answer.
  @Test func tilesAreUsableForAllThreadsOrNone() async {
    let answers = await withTaskGroup(of: [Int32].self) { group in
      for _ in 0..<8 { group.addTask { (0..<100).map { _ in tiles_are_usable() } } }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(answers.count == 800 && Set(answers).count == 1)
    #expect((answers[0] != 0) == (Float32Products.parts.problem == nil))
    #expect(ProductMethod.Kernel.tiles.isSupported == (answers[0] != 0))
  }

  @Test func tilesInCAreAlwaysThere() {
    #expect(ProductMethod.supported.contains(ProductMethod(.tilesInC, parts: 3)))
    #expect(bfloat16_kernel_is_supported(BFLOAT16_NONE) == 0)
    #expect((bfloat16_is_supported() != 0) == (bfloat16_best_kernel() != BFLOAT16_NONE))
  }
}

import Layers
import Models
import Recipes
import Testing

@Suite struct ArchitectureRulesTests {
  @Test(arguments: [(ModelPreset.tiny, 176), (.small, 688), (.base, 1360), (.big, 2736)])
  func gatedModelsHaveAsManyWeightsAsPlainOnes(preset: ModelPreset, innerSize: Int) {
    #expect(ArchitectureRules.gatedInnerSize(preset) == innerSize)
    #expect(ArchitectureRules.innerSize(preset).value == "\(innerSize)")
    let plain = preset.configuration(sourceVocabularySize: 8000, targetVocabularySize: 8000)
    var gated = plain
    (gated.activation, gated.innerSize) = (.swiglu, innerSize)
    #expect(abs(Double(gated.parameterCount) / Double(plain.parameterCount) - 1) < 0.02)
  }
}

import ModelDescription
import Models
import Testing

@Suite struct ParameterModuleTests {
  @Test(arguments: Variants.all)
  func modulesAddUpToAllParameters(configuration: ModelConfiguration) {
    let model = Transformer(configuration)
    let modules = ParameterModule.all(of: model)
    #expect(modules.reduce(0) { $0 + $1.count } == model.parameterCount)
    #expect(model.parameterCount == configuration.parameterCount)
    // Every name is for people, and all layers have equal modules.
    for module in modules {
      #expect(!module.name.contains("_") && !module.name.contains("."), "\(module.name)")
      if module.layers > 0 { #expect(module.count % module.layers == 0, "\(module)") }
    }
    let outside = modules.filter { $0.layers == 0 && $0.part != .embeddings && $0.part != .output }
    #expect(outside.allSatisfy { !["self-attention", "norms", "feed-forward"].contains($0.name) })
    #expect(Set(modules.map(\.title)).count == modules.count)
  }

  @Test func modulesHaveTheSizesOfThePaper() throws {
    let model = ModelPreset.base.configuration(sourceVocabularySize: 1000, targetVocabularySize: 1000)
    let modules = ParameterModule.all(of: Transformer(model))
    func count(_ title: String) throws -> Int { try #require(modules.first { $0.title == title }).count }
    #expect(try count("embeddings: shared by source and target") == 512_000)
    #expect(try count("encoder: self-attention") == 6 * 4 * (512 * 512 + 512))
    #expect(try count("encoder: feed-forward") == 6 * (2 * 512 * 2048 + 512 + 2048))
    #expect(try count("encoder: norms") == 6 * 2 * 2 * 512)
    #expect(try count("decoder: attention to the source") == 6 * 4 * (512 * 512 + 512))
    #expect(try count("decoder: norms") == 6 * 3 * 2 * 512)
    #expect(modules.count == 8 && modules.filter { $0.layers == 6 }.count == 7)
  }

  @Test func frozenPartsAreNotTrained() {
    let model = Transformer(Variants.all[0])
    let modules = ParameterModule.all(of: model, frozen: [.encoder, .embeddings])
    for module in modules { #expect(module.isTrained == (module.part == .decoder), "\(module)") }
  }
}

import Models
import Serving
import Text
import Translation

extension ServingFixture {
  /// A server with non-autoregressive models of random weights.
  init(nonautoregressive names: [String]) throws {
    store = try ServerStore()
    var options = TranslationServer.Options()
    options.translation.decoder = .nonautoregressive
    server = TranslationServer(
      try Self.graph(names),
      ModelPool { name in
        let pipeline = try Dictionaries.decoder(name).pipeline
        let size = pipeline.vocabularySize(.target)
        var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
        (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
        (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
        configuration.nonautoregressive = NonautoregressiveConfiguration(method: .ctc)
        let architecture = Transformer(configuration)
        return try TranslationService(
          trained: TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 6)),
          pipeline: pipeline)
      }, store: store, options: options)
  }
}

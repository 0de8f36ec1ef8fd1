import Models
import Training

/// The part of an update after the gradients of the shards: their sum, and the change of the weights.
var updateWorks: [Work] {
  [ModelPreset.tiny, .base].flatMap { preset in
    [
      work("gradient sum", preset) { trainer in _ = trainer.sumGradients() }
    ]
      + [("Adam", Adam()), ("SGD", SGD()), ("Adafactor", Adafactor())].map { name, optimizer in
        work("clip, \(name), average", preset, optimizer) { trainer in
          // A norm above the limit, so that gradients are clipped.
          trainer.apply(rate: 1e-4, norm: 2, tokens: 1)
        }
      }
  }
}

private func work(
  _ name: String, _ preset: ModelPreset, _ optimizer: any Optimizer = Adam(),
  _ run: @escaping (Trainer) -> Void
) -> Work {
  Work(name: "update \(name), \(preset)", isLarge: preset != .tiny) { arguments in
    let configuration = preset.configuration(sourceVocabularySize: 9_712, targetVocabularySize: 9_712)
    var options = TrainerOptions()
    (options.shards, options.threads) = (arguments.threads, arguments.threads)
    options.optimizer = optimizer
    let trainer = Trainer(Transformer(configuration), options: options)
    return Round(
      amounts: [("parameters", Double(configuration.parameterCount))], threads: arguments.threads
    ) { run(trainer) }
  }
}

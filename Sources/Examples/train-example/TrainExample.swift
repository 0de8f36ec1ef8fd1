import Training
import TrainingSession

/// Trains a small model on the text in `corpora/`, like `train-translation`.
@main
struct TrainExample {
  static func main() async throws {
    var request = TrainingRequest()
    (request.files.trainSource, request.files.trainTarget) = (["corpora/train.en"], ["corpora/train.de"])
    (request.files.validSource, request.files.validTarget) = (["corpora/valid.en"], ["corpora/valid.de"])
    (request.files.model, request.files.overwrite) = ("models/from-swift", true)
    request.architecture.preset = .auto
    request.stopping.maxUpdates = 1500
    let outcome = try await TrainingSession(request).run { event in
      switch event {
      case .notice(let notice): print(notice)
      case .training(.validated(let scores, let state, _)):
        print("update \(state.update): perplexity \(scores.perplexity), BLEU \(scores.bleu ?? 0)")
      default: break
      }
    }
    print("ended: \(outcome.end); the best model is of update \(outcome.best?.update ?? 0)")
  }
}

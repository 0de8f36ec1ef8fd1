import Decoding
import Dispatch
import Models
import Tensors
import Text
import Tokens
import Translation

/// The overhead of a service over the search itself: waiting, switching threads, batching lines of many callers.
var serviceWorks: [Work] {
  [1, 5].flatMap { beam in
    [
      serviceWork("beam \(beam), one call of 1024 lines", beam) { work in work.calls(1, lines: 1024) },
      serviceWork("beam \(beam), 64 calls of 16 lines", beam) { work in work.calls(64, lines: 16) },
      serviceWork("beam \(beam), one call of one line", beam) { work in work.calls(1, lines: 1) },
      serviceWork("beam \(beam), one line without it", beam) { work in try work.directly() },
    ]
  }
}

private func serviceWork(_ name: String, _ beam: Int, _ round: @escaping (ServiceWork) throws -> Round)
  -> Work
{
  Work(name: "service, \(name)") { try round(ServiceWork($0, beam: beam)) }
}

/// A service with a randomly initialized model, which almost never ends a sentence: every translation reaches its limit
/// of one token more than the source.
private struct ServiceWork {
  private let service: TranslationService
  private let model: TrainedTransformer
  private let pipeline: TextPipeline
  private let threads: Int
  private let lines: [String]
  private let request: TranslationRequest

  init(_ arguments: BenchmarkArguments, beam: Int) throws {
    let text = try readLines(arguments.text)
    pipeline = learnedPipeline(of: text, TextPipelineSettings())
    let size = pipeline.vocabularySize(.target)
    let architecture = Transformer(
      arguments.preset.configuration(sourceVocabularySize: size, targetVocabularySize: size))
    model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
    var options = TranslationOptions()
    options.threads = arguments.threads
    service = try TranslationService(trained: model, pipeline: pipeline, options: options)
    var request = TranslationRequest()
    request.search.beamSize = beam
    request.search.limits = SearchLimits(maxLengthRatio: 1, maxLengthExtra: 1)
    (self.request, threads) = (request, arguments.threads)
    lines = (0..<1024).map { String(decoding: text[$0 % text.count], as: UTF8.self) }
  }

  /// Concurrent calls, each with its part of the lines.
  func calls(_ count: Int, lines perCall: Int) -> Round {
    let texts = (0..<count).map { Array(lines[$0 * perCall..<($0 + 1) * perCall]) }
    return Round(amounts: amounts(count * perCall), threads: perCall == 1 ? 1 : threads) {
      let done = DispatchSemaphore(value: 0)
      Task {
        await withTaskGroup(of: Void.self) { group in
          for text in texts {
            group.addTask {
              do {
                _ = try await service.translate(text, request)
              } catch {
                // Model, text and request are valid, and nothing cancels the task.
                preconditionFailure("benchmark: a call of the service failed: \(error)")
              }
            }
          }
        }
        done.signal()
      }
      done.wait()
    }
  }

  /// Translates a line directly on the calling thread.
  func directly() throws -> Round {
    let strategy = try SearchPlan(request.search).makeStrategy()
    return Round(amounts: amounts(1)) {
      let sentence = pipeline.encode(Array(lines[0].utf8), side: .source)
      let found = strategy.search(TokenBatch([sentence.ids + [pipeline.specialTokens.end]]), model: model)
      _ = pipeline.decode(found[0][0].tokens, unknowns: sentence.unknowns)
    }
  }

  private func amounts(_ count: Int) -> [(unit: String, count: Double)] { [("sentences", Double(count))] }
}

import Decoding
import Text
public import Translation

/// Translates texts of any form with the models of a server.
public struct TextTranslator: Sendable {
  let graph: LanguageGraph
  let pool: ModelPool
  let defaults: TranslationRequest

  /// - Parameters:
  ///   - graph: which models lead where.
  ///   - pool: the models.
  ///   - defaults: how to translate, but for what a job says.
  public init(_ graph: LanguageGraph, _ pool: ModelPool, defaults: TranslationRequest = TranslationRequest())
  {
    (self.graph, self.pool, self.defaults) = (graph, pool, defaults)
  }

  /// Translates texts, all of them in the batches of one call.
  ///
  /// - Throws: ``TextJobError``, `CancellationError` if the client went away, or the error of a model.
  public func translate(_ job: TextJob) async throws -> [TranslatedText] {
    guard let route = graph.route(from: job.source, to: job.target) else { throw TextJobError.noRoute }
    if job.glossary != nil, route.count > 1 { throw TextJobError.glossaryNeedsOneModel }
    guard !route.isEmpty else { return job.texts.map { TranslatedText(text: $0) } }
    let texts = job.texts.map { JobText($0, job.format, markup: job.markup) }
    var lines = texts.flatMap(\.lines).map { [$0] }
    for (index, step) in route.enumerated() {
      let isLast = index == route.count - 1
      lines = try await translate(lines.compactMap(\.first), step, job, isLast: isLast)
    }
    var rest = lines[...]
    return texts.map { text in
      let own = Array(rest.prefix(text.lines.count))
      rest = rest.dropFirst(text.lines.count)
      return text.filled(own, alternatives: job.alternatives)
    }
  }

  /// The translations of each line by one model, best first.
  func translate(_ lines: [SourceLine], _ step: LanguageGraph.Step, _ job: TextJob, isLast: Bool)
    async throws -> [[SourceLine]]
  {
    var request = defaults
    request.sourceTag = step.direction.tag
    request.sentenceSplitting = job.splitting
    (request.glossary, request.client) = (job.glossary, job.client)
    if isLast, job.alternatives > 0 {
      request.search.nBest = job.alternatives + 1
      request.search.beamSize = max(request.search.beamSize ?? 5, request.search.nBest)
    }
    let service = try await pool.service(step.path)
    if job.glossary != nil, let refusal = service.refusal(of: request) {
      throw TextJobError.glossaryRefused(refusal)
    }
    do {
      return try await service.translate(guided: lines, request).enumerated().map { place, result in
        result.alternatives.map { lines[place].replacingText(by: $0.text) }
      }
    } catch TranslationError.overloaded {
      throw TextJobError.overloaded
    }
  }
}

import ModelFormats
import Text
import TextAlignment
import Tokens
import Training

extension SessionWork {
  /// Makes the word alignments of the training text, if the session makes them.
  ///
  /// - Returns: the entry for `training.json`.
  func align(_ basis: TrainingBasis) throws -> AutomaticAlignment.Manifest? {
    let settings = basis.settings
    guard let alignment = settings.alignment else { return nil }
    let readsTargets = settings.distillation.map { $0.isReplay || $0.withOriginal } ?? true
    try request.files.requireFiles(for: "'--guided-alignment auto'", readsTargets: readsTargets)
    return try AutomaticAlignment(
      settings: alignment, files: settings.corpora.train, pipeline: basis.pipeline,
      vocabularyFolder: settings.vocabularyFolder, threads: settings.trainer.threads
    ).run(monitor)
  }

  /// The contents of the lexical shortlist that the alignments of the training text make.
  func shortlist(_ data: TrainingData, _ pipeline: TextPipeline) -> [UInt8] {
    let selection = LexicalCounts.Selection()
    let list = LexicalCounts(alignedPairsOf: data.train).shortlist(
      selection, sourceCount: pipeline.vocabularySize(.source), targetCount: pipeline.vocabularySize(.target),
      end: pipeline.specialTokens.end, copied: pipeline.copiedTokens)
    monitor.note(.shortlist(first: selection.first, best: selection.best))
    return list.binaryContents
  }
}

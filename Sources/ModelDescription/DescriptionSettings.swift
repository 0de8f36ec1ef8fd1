internal import Machine
package import Training

/// What a description is for: batches, lengths of sentences, and the machine.
package struct DescriptionSettings: Sendable {
  /// How the model would be trained: threads, shards, precision, optimizer, average, frozen parts.
  package var trainer: TrainerOptions
  /// Tokens of a training batch on each side, padding included.
  package var batchTokens = 4096
  /// Tokens of a typical sentence on each side, `</s>` included.
  package var length = 25
  /// Sentence pairs of the training text, which is kept in memory; 0 to leave it out.
  package var pairs = 0
  /// Hypotheses of a beam search.
  package var beam = 5
  /// Sentences that a thread translates together, and their source tokens; as in `translate`.
  package var decodingBatch = (sentences: 64, tokens: 2048)

  /// Batches of 4,096 tokens on all processors.
  package init() {
    trainer = TrainerOptions()
    (trainer.threads, trainer.shards) = (availableProcessors(), availableProcessors())
  }
}

/// When the beam search of a sentence is done.
///
/// With every rule it ends at the maximum length at the latest.
///
/// Source: Kasai et al. 2022, "A Call for Clarity in Beam Search: How It Works and When It Stops", for the difference between
/// the third and the last, and for patience.
public enum StopRule: Sendable, Equatable {
  /// As soon as no live hypothesis could become better than the translations that have ended.
  ///
  /// A hypothesis that has ended keeps its place in the beam, so that the beam narrows; as in Marian.
  case settled
  /// As soon as as many hypotheses have ended as translations are wanted, in a narrowing beam.
  ///
  /// This is faster, but may miss a better translation.
  case eager
  /// As soon as `patience` times as many hypotheses have ended as the beam has places, whatever their scores; as in fairseq,
  /// and in Hugging Face's transformers with `early_stopping`.
  ///
  /// What has ended leaves its place to another one: the beam keeps its width.
  case firstCome(patience: Double = 1)
  /// As soon as as many hypotheses have ended as the beam has places, and no live one, as it is now, is better than the worst
  /// of the best of these; as in Hugging Face's transformers.
  ///
  /// What has ended leaves its place to another one.
  case full
  /// When all hypotheses of the beam have ended: those that have compete for its places with the live ones by their
  /// log-probabilities, and may lose them.
  case vanilla
}

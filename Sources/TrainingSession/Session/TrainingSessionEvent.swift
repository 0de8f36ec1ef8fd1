public import Recipes
public import Training

/// An event of a running session.
public enum TrainingSessionEvent: Sendable {
  /// Progress of a long preparation; reported often.
  case preparing(PreparationProgress)
  /// A short message.
  case notice(TrainingNotice)
  /// The preset `auto` has counted the words.
  case profiled(TextProfile)
  /// The preset `auto` has chosen the settings that were not given.
  case chosen([AppliedChoice])
  /// Preparation is complete; a session that is cancelled from here on leaves a checkpoint.
  case began(TrainingSettings, updatesBefore: Int)
  /// A validation has translated some sentences, the same ones each time.
  case translated(SampleLogEntry)
  /// An event of the training run.
  case training(TrainingEvent)
}

/// A phase of preparation that can take long.
public enum PreparationPhase: Sendable, Equatable {
  /// The preset `auto` chooses pairs to validate on.
  case holdingOut
  /// The preset `auto` counts the words of a file.
  case countingWords(path: String)
  /// The preset `auto` learns merges.
  case learningVocabulary
  /// A translation memory or catalog is converted into text.
  case converting(path: String)
  /// The teacher translates a file of the training text.
  case translating(path: String)
  /// The training text is read in words, to be aligned.
  case readingToAlign
  /// Word alignments are learned, in iterations.
  case learningAlignments
  /// Word alignments are written.
  case aligning
  /// The training text is read and encoded.
  case readingCorpus
  /// The finished model translates validation text, from which confidence is learned.
  case calibrating
}

/// The progress of a long preparation.
public struct PreparationProgress: Sendable, Equatable {
  /// The phase.
  public let phase: PreparationPhase
  /// Pairs, lines or merges so far.
  public let completed: Int
  /// Their total; nil if unknown.
  public let total: Int?
  /// Those done by an earlier session.
  public let doneBefore: Int
}

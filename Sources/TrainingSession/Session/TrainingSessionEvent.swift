public import Recipes
public import Training

/// What a session has to tell while it works, in order.
public enum TrainingSessionEvent: Sendable {
  /// A long preparation is so far; comes often.
  case preparing(PreparationProgress)
  /// Something that a line is enough for.
  case notice(TrainingNotice)
  /// The preset `auto` has counted the words.
  case profiled(TextProfile)
  /// The preset `auto` has chosen what was not given.
  case chosen([AppliedChoice])
  /// All is prepared; from here on a session that is cancelled leaves a checkpoint.
  case began(TrainingSettings, updatesBefore: Int)
  /// The training goes on.
  case training(TrainingEvent)
}

/// A long preparation.
public enum PreparationPhase: Sendable, Equatable {
  /// The preset `auto` chooses pairs to validate on.
  case holdingOut
  /// The preset `auto` counts the words of a file.
  case countingWords(path: String)
  /// The preset `auto` learns merges.
  case learningVocabulary
  /// The teacher translates a file of the training text.
  case translating(path: String)
  /// The training text becomes ids.
  case readingCorpus
}

/// How far a long preparation is.
public struct PreparationProgress: Sendable, Equatable {
  /// What is prepared.
  public let phase: PreparationPhase
  /// Pairs, lines or merges so far.
  public let completed: Int
  /// Those at the end; nil where that is not known.
  public let total: Int?
  /// Those that an earlier session had done.
  public let doneBefore: Int
}

import Reporting
import Synchronization
import TrainingSession

/// Shows a session on the terminal: progress bars for long phases, lines for messages.
final class SessionDisplay: Sendable {
  private struct State {
    var phase: PreparationPhase?
    var bar: ProgressBar?
    var training: TrainingDisplay?
  }

  private let state = Mutex(State())

  /// Shows an event.
  func show(_ event: TrainingSessionEvent) {
    state.withLock { state in
      if case .preparing(let progress) = event { return Self.show(progress, &state) }
      state.bar?.finish()
      (state.phase, state.bar) = (nil, nil)
      switch event {
      case .preparing, .translated: break
      case .notice(let notice): say(notice.description)
      case .profiled(let profile): ChoiceTable.show(profile)
      case .chosen(let choices): ChoiceTable(choices: choices).show()
      case .began(let settings, let updatesBefore):
        state.training = TrainingDisplay(settings, updatesBefore: updatesBefore)
      case .training(let event): state.training?.show(event)
      }
    }
  }

  /// Removes all bars.
  func finish() {
    state.withLock { state in
      state.bar?.finish()
      state.training?.finish()
    }
  }

  private static func show(_ progress: PreparationProgress, _ state: inout State) {
    if state.phase != progress.phase {
      state.bar?.finish()
      state.phase = progress.phase
      state.bar = ProgressBar(
        progress.phase.unit, total: progress.total, doneBefore: progress.doneBefore)
    }
    state.bar?.update(progress.completed, progress.phase.words)
  }
}

extension PreparationPhase {
  /// The unit that is counted.
  fileprivate var unit: String {
    switch self {
    case .holdingOut, .readingCorpus, .readingToAlign, .aligning: "pair"
    case .converting(let path): "\(path): pair"
    case .learningAlignments: "iteration"
    case .countingWords(let path): "\(path): line"
    case .learningVocabulary: "merge"
    case .translating, .calibrating: "line"
    }
  }

  /// The activity.
  fileprivate var words: String {
    switch self {
    case .holdingOut: "holding out validation text"
    case .countingWords: "counting words"
    case .converting: "converting"
    case .learningVocabulary: "learning"
    case .translating: "translating the training text"
    case .readingToAlign: "reading the corpus to align it"
    case .learningAlignments: "learning word alignments"
    case .aligning: "aligning words"
    case .readingCorpus: "reading the corpus"
    case .calibrating: "calibrating confidence"
    }
  }
}

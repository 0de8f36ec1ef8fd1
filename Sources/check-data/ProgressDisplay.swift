import DataChecks
import Reporting

/// Shows what the check does, with a bar for each pass.
final class ProgressDisplay {
  private var phase: CheckProgress.Phase?
  private var bar: ProgressBar?

  func show(_ progress: CheckProgress) {
    if phase != progress.phase {
      bar?.finish()
      phase = progress.phase
      bar = ProgressBar(Self.label(progress.phase), total: progress.total)
    }
    bar?.update(progress.pairs)
  }

  func finish() { bar?.finish() }

  private static func label(_ phase: CheckProgress.Phase) -> String {
    switch phase {
    case .sampling: "reading a sample, pair"
    case .heldOut: "held-out pair"
    case .pairs: "checking pair"
    case .learning: "learning translations, pair"
    case .aligning: "comparing pair"
    case .cleaning: "writing pair"
    }
  }
}

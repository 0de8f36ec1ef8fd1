package import Formatting
import TrainingSession

extension NumberRange {
  /// The range that a training allows for an option.
  package static func training(_ option: String) -> NumberRange { TrainingRequest.range(of: option) }
}

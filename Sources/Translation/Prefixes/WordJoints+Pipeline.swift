import Decoding
import Text

extension WordJoints {
  /// Where the words of a pipeline's target go on.
  init(_ pipeline: TextPipeline) {
    let spellings = pipeline.spellings(.target)
    self.init(
      goesOnAfter: spellings.map { $0?.goesOnAfter ?? false },
      goesOnBefore: spellings.map { $0?.goesOnBefore ?? false })
  }
}

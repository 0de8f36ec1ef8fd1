internal import Autodiff
internal import Layers
internal import Tensors
import Tokens

/// Source sentences after the encoder, for any decoder of the model.
public struct SourceEncoding {
  let model: TrainedTransformer
  let source: PackedTokens
  /// The encoder's output, in the memory of a separate tape.
  let encoded: Tensor
  private let memory: Tape
  /// Reset before each prediction.
  let scratch: Tape

  init(_ model: TrainedTransformer, source: TokenBatch) {
    self.model = model
    self.source = PackedTokens(source)
    (memory, scratch) = (model.makeTape(), model.makeTape())
    encoded = model.architecture.encoder(self.source, on: memory)
  }
}

/// A value of a tag at a step.
public struct SummaryValue: Sendable, Equatable {
  /// What is recorded.
  public enum Content: Sendable, Equatable {
    /// A number, drawn as a curve over steps.
    case scalar(Double)
    /// Text in Markdown.
    case text(String)
    /// How numbers are distributed.
    case histogram(ValueHistogram)
  }

  /// The name of the series; a slash divides groups, as in `train/loss`.
  public var tag: String
  /// What is recorded.
  public var content: Content

  /// A value.
  public init(tag: String, _ content: Content) { (self.tag, self.content) = (tag, content) }

  /// A number.
  public static func scalar(_ tag: String, _ number: Double) -> Self { Self(tag: tag, .scalar(number)) }
}

extension SummaryValue {
  /// `tensorboard.Summary.Value`: tag = 1, simple_value = 2, histo = 5, tensor = 8, metadata = 9.
  ///
  /// Numbers and histograms are in the form that every reader knows, `simple_value` and `histo`; TensorBoard turns
  /// them into tensors itself. Text exists only as a tensor of its plugin.
  ///
  /// Source: tensorflow/tensorboard, `tensorboard/compat/proto/summary.proto`.
  var message: ProtobufMessage {
    var value = ProtobufMessage()
    value.add(1, tag)
    switch content {
    case .scalar(let number): value.addChosen(2, Float(number))
    case .histogram(let histogram): value.add(5, histogram.message)
    case .text(let text):
      value.add(8, stringTensor(text))
      value.add(9, metadata(plugin: "text"))
    }
    return value
  }
}

/// `tensorboard.TensorProto` without dimensions: dtype = 1, of which DT_STRING is 7; tensor_shape = 2; string_val = 8.
///
/// Source: `tensorboard/compat/proto/tensor.proto`, `types.proto`.
private func stringTensor(_ text: String) -> ProtobufMessage {
  var tensor = ProtobufMessage()
  tensor.add(1, 7)
  tensor.add(2, ProtobufMessage())
  tensor.addElement(8, text)
  return tensor
}

/// `tensorboard.SummaryMetadata`: plugin_data = 1, with plugin_name = 1; data_class = 4, of which DATA_CLASS_TENSOR
/// is 2.
private func metadata(plugin: String) -> ProtobufMessage {
  var data = ProtobufMessage()
  data.add(1, plugin)
  var metadata = ProtobufMessage()
  metadata.add(1, data)
  metadata.add(4, 2)
  return metadata
}

/// A message of an event file.
///
/// `tensorboard.Event`: wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7.
///
/// Source: tensorflow/tensorboard, `tensorboard/compat/proto/event.proto`.
package struct Event: Equatable {
  /// What it is about.
  package enum Content: Equatable {
    /// The first message of a file: the version of its format.
    case version
    /// Training starts or continues at the step: a reader forgets this and later steps, which earlier files may have.
    case start
    /// Values of a step.
    case values([SummaryValue])
  }

  /// Seconds since 1970.
  package var wallTime: Double
  /// The number of the update.
  package var step: Int
  /// What it is about.
  package var content: Content

  /// An event.
  package init(wallTime: Double, step: Int = 0, _ content: Content) {
    (self.wallTime, self.step, self.content) = (wallTime, step, content)
  }

  /// The encoded message.
  package var bytes: [UInt8] {
    var message = ProtobufMessage()
    message.add(1, wallTime)
    message.add(2, step)
    switch content {
    case .version: message.add(3, "brain.Event:2")
    case .start:
      // SessionLog: status = 1, of which START is 1.
      var log = ProtobufMessage()
      log.add(1, 1)
      message.add(7, log)
    case .values(let values):
      // Summary: value = 1, repeated.
      var summary = ProtobufMessage()
      for value in values { summary.add(1, value.message) }
      message.add(5, summary)
    }
    return message.bytes
  }
}

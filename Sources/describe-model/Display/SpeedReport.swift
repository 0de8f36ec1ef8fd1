import Formatting
import ModelDescription

extension Report {
  /// The measured speed of training.
  func trainingSpeed(_ speed: SpeedDescription) -> [String] {
    var lines: [String] = []
    for training in speed.training {
      var table = Table([
        "training in \(training.precision)", "GFLOP/s forward", "backward", "share of time",
      ])
      for operation in training.operations.prefix(8) {
        table.add([
          operation.name, giga(operation.forward), giga(operation.backward), percent(operation.share),
        ])
      }
      let batches = training.batches.map {
        "\(Readable.rate($0.tokensPerSecond, "tokens")) with \(Readable.count($0.batchTokens))"
      }
      lines += [
        "training in \(training.precision): \(Readable.rate(training.tokensPerSecond, "target tokens")), "
          + "\(speed.threads) threads, measured with random weights",
        "  batches: " + batches.joined(separator: ", "),
        "  matrix products take \(percent(training.shareOfProducts)) of the time of a large batch; an update alone "
          + "takes \(Readable.decimal(1000 * training.secondsOfUpdate, 1)) ms",
      ]
      lines += table.lines + [""]
    }
    return lines.dropLast()
  }

  /// The measured speed of translation.
  func decodingSpeed(_ speed: SpeedDescription) -> [String] {
    var table = Table([
      "translation", "products", "threads", "together", "sentences/s", "tokens/s", "products allow",
      "memory allows",
    ])
    for item in speed.decoding {
      table.add([
        item.search, item.compute, "\(item.threads)",
        "\(item.sentences)",
        number(item.sentencesPerSecond), number(item.tokensPerSecond), number(item.productBound),
        item.bandwidthBound.map { number($0) } ?? "",
      ])
    }
    let weights = speed.usesRandomWeights ? "random weights" : "the model's weights"
    return table.lines + [
      "  measured with \(weights); one thread reads \(Readable.decimal(speed.readBandwidth / 1e9, 1)) GB/s from memory, "
        + "caches are faster"
    ]
  }

  private func giga(_ rate: Double?) -> String { rate.map { Readable.decimal($0 / 1e9, 0) } ?? "" }

  private func number(_ value: Double) -> String {
    if value >= 999_500 { return Readable.decimal(value / 1e6, 1) + " M" }
    return value < 99.5 ? Readable.decimal(value, 1) : Readable.count(Int(value.rounded()))
  }
}

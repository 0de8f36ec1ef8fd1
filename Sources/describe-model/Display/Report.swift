import Formatting
import ModelDescription

/// A description in lines for people, at most 100 characters wide.
struct Report {
  private let description: ModelDescription
  private let title: String

  /// - Parameters:
  ///   - description: the figures.
  ///   - title: what is described.
  init(_ description: ModelDescription, title: String) {
    (self.description, self.title) = (description, title)
  }

  /// All sections, separated by empty lines.
  var lines: [String] {
    var sections = [
      model, parameters, arithmetic, trainingMemory(description.trainingMemory),
      decodingMemory(description.decodingMemory), disk,
    ]
    if let speed = description.speed {
      sections += [trainingSpeed(speed), decodingSpeed(speed)]
    }
    return Array(sections.joined(separator: [""]))
  }

  private var model: [String] {
    let shape = description.architecture
    var lines = ["\(title): \(Readable.count(description.parameterCount)) parameters"]
    func add(_ name: String, _ value: String) {
      lines.append("  " + name + String(repeating: " ", count: max(1, 13 - name.count)) + value)
    }
    add("encoder", "\(shape.encoderLayers) layers, feed-forward \(shape.innerSize)")
    if shape.decoderLayers > 0 {
      add(
        "decoder",
        "\(shape.decoderLayers) layers of \(shape.decoderCell), feed-forward \(shape.decoderInnerSize)")
    }
    if let method = shape.nonautoregressiveMethod, let layers = shape.nonautoregressiveLayers {
      let positions = shape.upsampling.map { ", \($0) positions for each source token" } ?? ""
      add("parallel", "\(layers) layers of \(method)\(positions)")
    }
    add(
      "size",
      "\(shape.size), \(shape.heads) heads, \(shape.norm)-norm, \(shape.activation), \(shape.positions) positions up to "
        + Readable.count(shape.maxPositions))
    let biases = shape.usesBias ? "" : ", no biases"
    add(
      "embeddings",
      "tied: \(shape.tying)\(shape.hasOutputBias ? ", output bias" : "")\(biases), dropout "
        + Readable.shortest(shape.dropout))
    let sizes = [shape.sourceVocabularySize, shape.targetVocabularySize].map { Readable.count($0) }
    add("vocabulary", sizes[0] == sizes[1] ? "\(sizes[0]) tokens" : "\(sizes[0]) and \(sizes[1]) tokens")
    if let text = description.text {
      let languages = [text.sourceLanguage, text.targetLanguage].map { $0.isEmpty ? "?" : $0 }
      add(
        "text",
        "\(languages[0]) to \(languages[1]), \(text.segmentation), \(text.isJoint ? "joint" : "separate")"
          + (text.tags.isEmpty ? "" : ", \(text.tags.count) tags"))
    }
    if let weights = description.storedWeights {
      add("weights", "\(weights.types.joined(separator: " and ")), \(Readable.bytes(weights.bytes))")
    }
    if let origin = description.origin { for line in words(origin) { add("training", line) } }
    return lines
  }

  private func words(_ origin: OriginDescription) -> [String] {
    var parts: [String] = []
    if let updates = origin.updates { parts.append("\(Readable.count(updates)) updates") }
    if let epochs = origin.epochs { parts.append("epoch \(Readable.count(epochs))") }
    if let pairs = origin.pairs { parts.append("\(Readable.count(pairs)) pairs") }
    if let seconds = origin.seconds { parts.append(Readable.duration(seconds)) }
    if let precision = origin.precision { parts.append(precision) }
    var scores: [String] = []
    if let bleu = origin.bleu { scores.append("BLEU \(Readable.decimal(bleu, 2))") }
    if let chrF = origin.chrF { scores.append("chrF \(Readable.decimal(chrF, 2))") }
    if let perplexity = origin.perplexity {
      scores.append("perplexity \(Readable.decimal(perplexity, 2))")
    }
    let lines = [parts.joined(separator: ", "), scores.joined(separator: ", ")]
    return (lines + (origin.roundedFrom.map { ["rounded from '\($0)'"] } ?? [])).filter { !$0.isEmpty }
  }

  private var parameters: [String] {
    let total = Double(max(description.parameterCount, 1))
    var table = Table(["parameters", "layers", "count", "of each layer", "share", ""])
    for module in description.parameters {
      table.add([
        module.title, module.layers > 0 ? "\(module.layers)" : "",
        Readable.count(module.count),
        module.layers > 0 ? Readable.count(module.count / module.layers) : "",
        percent(Double(module.count) / total), module.isTrained ? "" : "frozen",
      ])
    }
    table.add(["together", "", Readable.count(description.parameterCount)])
    return table.lines
  }

  private var arithmetic: [String] {
    let arithmetic = description.arithmetic
    var table = Table(["arithmetic", "for each", "MFLOP forward", "backward", "share"])
    for part in arithmetic.parts {
      table.add([
        part.name, part.unit, mega(part.forward), mega(part.backward), percent(part.share),
      ])
    }
    table.add([
      "together, \(arithmetic.length) tokens a side", "target token", mega(arithmetic.forward),
      mega(arithmetic.backward),
    ])
    let growth = arithmetic.attentionByLength.map { "\(mega($0.flop)) at \($0.length)" }
    return table.lines + [
      "  attention between tokens grows with the length: " + growth.joined(separator: ", ")
    ]
  }

  private var disk: [String] {
    let weights = description.disk.weights.map { "\(Readable.bytes($0.bytes)) as \($0.type)" }
    return [
      "  files: " + weights.joined(separator: ", ") + "; a checkpoint of training "
        + Readable.bytes(description.disk.checkpoint)
    ]
  }
}

/// A share as a percentage.
func percent(_ share: Double) -> String { Readable.decimal(100 * share, 1) + " %" }

/// Millions, with as many decimals as are of use.
func mega(_ number: Double) -> String {
  let millions = number / 1e6
  return Readable.decimal(millions, millions < 9.95 ? 2 : millions < 99.5 ? 1 : 0)
}

import Decoding
import Files
import HTMLReports
import ModelFolders
import Models
import Text
import Tokens
import Training

/// Attention and alignments of the samples by the folder's model; kept until the model changes.
struct AttentionCache {
  private var made: (key: [UInt8], sections: [PageSection])?
  /// When they were made, and how long that took.
  private var time: (made: ContinuousClock.Instant, cost: Duration)?

  private static let titles = (attention: "Attention", alignment: "Word alignments")

  /// Two sections: attention by layer and head, and alignments.
  ///
  /// The translations are those of the validation of the folder's model, or the newest.
  ///
  /// - Parameters:
  ///   - records: of the folder.
  ///   - isSparing: whether those of an earlier model are shown, if others would take more than a hundredth of the
  ///     time.
  /// - Returns: the sections.
  mutating func sections(_ records: TrainingRecords, isSparing: Bool) -> [PageSection] {
    let clock = ContinuousClock()
    if isSparing, let made, let time, clock.now - time.made < time.cost * 100 { return made.sections }
    let key = (try? readFile(path: records.folder.checksums)) ?? []
    if let made, !key.isEmpty, made.key == key { return made.sections }
    let began = clock.now
    let sections = Self.make(records)
    made = (key, sections)
    time = (clock.now, clock.now - began)
    return sections
  }

  private static func left(_ reason: String) -> [PageSection] {
    [missing(titles.attention, because: reason), missing(titles.alignment, because: reason)]
  }

  private static func make(_ records: TrainingRecords) -> [PageSection] {
    let best = records.best?.update
    guard let entry = records.samples.last(where: { $0.update == best }) ?? records.samples.last else {
      return left("There are no sample translations whose attention could be shown.")
    }
    let model: TrainedTransformer
    let pipeline: TextPipeline
    do {
      (model, pipeline) = try records.folder.read()
    } catch {
      return left("The model cannot be read: \(error)")
    }
    guard model.architecture.configuration.isAutoregressive else {
      return left("The model has no decoder that translates token by token, whose attention could be shown.")
    }
    let sentences = entry.samples.compactMap { ReadSentence($0, pipeline) }.filter {
      max($0.source.count, $0.target.count) < model.maxLength
    }
    guard !sentences.isEmpty else {
      return left("All sample translations are empty, or too long to be shown.")
    }
    let which = "Update \(count(entry.update)); the translations are the model's own."
    return [
      PageSection(titles.attention, [browser(model, pipeline, sentences, which).figure]),
      PageSection(titles.alignment, alignments(model, sentences, which)),
    ]
  }

  private static func browser(
    _ model: TrainedTransformer, _ pipeline: TextPipeline, _ sentences: [ReadSentence], _ which: String
  ) -> AttentionBrowser {
    func tokens(_ ids: [TokenID], _ side: TextPipeline.Side) -> [String] {
      ids.map { String(decoding: pipeline.vocabulary(side)[$0], as: UTF8.self) }
    }
    let end = pipeline.specialTokens.end
    let weights = model.attentionOfAllHeads(in: sentences)
    return AttentionBrowser(
      "Attention of the decoder to the source",
      summary: "Where the model looks in the source while it predicts a token of the translation. \(which)",
      sentences: zip(sentences, weights).map { sentence, weights in
        .init(
          sentence.name, columns: tokens(sentence.source, .source),
          rows: tokens(sentence.target + [end], .target), weights: weights)
      })
  }

  /// Which words of the source the words of translations belong to.
  private static func alignments(_ model: TrainedTransformer, _ sentences: [ReadSentence], _ which: String)
    -> [HTML]
  {
    let heads = model.architecture.configuration.alignmentHeads
    let place =
      heads.map { "layer \($0.layer + 1), head \($0.heads.map { "\($0 + 1)" }.joined(separator: ", "))" }
      ?? "the mean of the last layer's heads"
    let panels = zip(sentences, model.attention(in: sentences)).map { sentence, attention in
      PanelPicker.Panel(
        sentence.name,
        AlignmentDiagram(
          "Words that belong together, line \(sentence.line)", source: sentence.sourceWords.map(\.text),
          target: sentence.targetWords.map(\.text), links: sentence.links(attention)
        ).figure)
    }
    return [
      .note(
        .text(
          "Each word of the translation is linked with the word of the source that gets most of its attention, "
            + "by \(place), which aligns words. A thicker line is a greater share. \(which)")),
      PanelPicker("Sentence", panels).html,
    ]
  }
}

extension ReadSentence {
  /// For each word of the target the word of the source that gets the greatest share of its attention.
  ///
  /// - Parameter attention: of each token of the target to each of the source.
  /// - Returns: a link for each word of the target.
  func links(_ attention: [[Float]]) -> [AlignmentDiagram.Link] {
    let (sources, targets) = (ranges(sourceWords.map(\.tokens)), ranges(targetWords.map(\.tokens)))
    return targets.enumerated().compactMap { target, rows in
      let rows = rows.clamped(to: 0..<attention.count)
      let shares = sources.map { columns in
        rows.reduce(Float(0)) { sum, row in
          sum + columns.clamped(to: 0..<attention[row].count).reduce(0) { $0 + attention[row][$1] }
        } / Float(max(1, rows.count))
      }
      guard let greatest = shares.max(), let source = shares.firstIndex(of: greatest) else { return nil }
      return AlignmentDiagram.Link(source: source, target: target, strength: Double(greatest))
    }
  }
}

/// The tokens of each word.
private func ranges(_ lengths: [Int]) -> [Range<Int>] {
  var start = 0
  return lengths.map { length in
    defer { start += length }
    return start..<start + length
  }
}

import Foundation
import HTMLReports
import Training

/// How translations of some sentences became better.
func sampleSection(_ records: TrainingRecords, _ pipeline: ReportedPipeline) -> PageSection {
  let title = "Sample translations over time"
  guard let newest = records.samples.last, !newest.samples.isEmpty else {
    return missing(
      title,
      because:
        "There are no sample translations: the folder has no samples.jsonl, which validations write that "
        + "translate, as those for BLEU do.")
  }
  let panels = newest.samples.map { sample in
    PanelPicker.Panel(
      "Line \(sample.line): \(shortened(sample.source))", history(of: sample, records, pipeline))
  }
  return PageSection(
    title,
    [
      .note(
        "The same sentences of the validation text in each validation. Marked are words that only the "
          + "translation or only the reference has."),
      PanelPicker("Sentence", panels).html,
    ])
}

/// The translations of a sentence in all validations, or in some if there are many.
private func history(
  of sample: SampleTranslation, _ records: TrainingRecords, _ pipeline: ReportedPipeline
) -> HTML {
  let all = records.samples.compactMap { entry in
    entry.samples.first { $0.line == sample.line }.map { (update: entry.update, translation: $0.translation) }
  }
  // The validations in which the translation changed.
  let changed = all.enumerated().filter { index, item in
    index == 0 || index == all.count - 1 || item.translation != all[index - 1].translation
  }.map(\.element)
  let limit = 15
  let shown =
    changed.count <= limit
    ? changed : (0..<limit).map { changed[$0 * (changed.count - 1) / (limit - 1)] }
  let translations = shown.map { item -> HTML in
    let difference = WordDifference(reference: sample.reference, translation: item.translation)
    return .element(
      "li", [:],
      .note(.text("Update \(count(item.update)), \(percent(difference.similarity)) of the words in common:"))
        + .paragraph(.userText(difference.html, language: pipeline.targetLanguage)))
  }
  return .definitions([
    ("Source", .userText(sample.source, language: pipeline.sourceLanguage)),
    ("Reference", .userText(sample.reference, language: pipeline.targetLanguage)),
  ]) + .element("ol", [:], translations)
}

/// The beginning of a sentence, for a list.
func shortened(_ text: String) -> String { text.count > 60 ? "\(text.prefix(59))…" : text }

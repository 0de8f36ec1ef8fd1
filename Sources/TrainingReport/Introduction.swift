import Files
import Formatting
import Foundation
import HTMLReports
import ModelFolders
import Models
import Training

/// What the report begins with: the state of the training, and when the report was made.
func introduction(_ records: TrainingRecords, isRunning: Bool?) -> [HTML] {
  let now = timeOfDay(Date.now)
  let hint =
    isRunning == true
    ? "Updated at \(now). The training writes this file again after each validation: reload the page to see "
      + "its progress."
    : "Updated at \(now)."
  return [
    .paragraph(.element("strong", [:], .text(status(records, isRunning: isRunning)))), .note(.text(hint)),
    .definitions(facts(records)),
  ]
}

/// Whether the training goes on, or how it ended, in a sentence.
private func status(_ records: TrainingRecords, isRunning: Bool?) -> String {
  let place = records.kept.last.map { entry in
    "update \(Readable.count(entry.update)), epoch \(entry.epoch), after \(Readable.duration(entry.seconds))"
  }
  if isRunning == true { return "Running" + (place.map { ": \($0)." } ?? ": no line of the log yet.") }
  guard let place else { return "The folder has no log of a training." }
  guard let ending = records.ending else {
    let written = records.lastWritten.map { ", at \(timeOfDay($0))" } ?? ""
    return "Running or stopped: the log says no end. Its last line\(written) is of \(place)."
  }
  if ending.event == .diverged { return "Diverged: \(place). The model is the best of before." }
  if ending.reason == TrainingEnd.interrupted.name {
    return "Interrupted: \(place). To continue it: train-translation --resume --model \(records.folder.path)"
  }
  return "Finished: \(endWords(ending.reason)), \(place)."
}

/// Why a training ended, by the reason in its log.
func endWords(_ reason: String?) -> String {
  switch reason {
  case TrainingEnd.interrupted.name: "it was interrupted"
  case TrainingEnd.maxUpdates.name: "all updates are done"
  case TrainingEnd.maxEpochs.name: "all epochs are done"
  case TrainingEnd.timeBudget.name: "the time was up"
  case TrainingEnd.targetScore.name: "the target score is reached"
  case TrainingEnd.noProgress.name: "validations were no better any more"
  default: "the log does not say why"
  }
}

/// The figures that most readers look for.
private func facts(_ records: TrainingRecords) -> [(name: String, value: HTML)] {
  var facts: [(name: String, value: HTML)] = []
  if let best = records.best {
    facts.append(("Best model", .text("update \(Readable.count(best.update)), epoch \(best.epoch)")))
    if let perplexity = best.validPerplexity {
      facts.append(("Its perplexity", .text(Readable.decimal(perplexity, 2))))
    }
    for (name, score) in [
      ("BLEU", best.validBLEU), ("chrF", best.validChrF), ("own score", best.validScript),
    ] {
      if let score { facts.append(("Its \(name)", .text(Readable.decimal(score, 2)))) }
    }
  }
  let last = records.kept.last { $0.targetTokens != nil }
  if let tokens = last?.targetTokens {
    facts.append(("Target tokens trained on", .text(Readable.count(tokens))))
  }
  if let configuration = try? records.folder.readConfiguration() {
    facts.append(
      (
        "Model",
        .text(
          "\(configuration.encoderLayers) + \(configuration.decoderLayers) layers, size \(configuration.size), "
            + "\(configuration.heads) heads")
      ))
  }
  return facts
}

/// A time as "2030-01-31 18:05:00 UTC".
func timeOfDay(_ date: Date) -> String {
  date.ISO8601Format(.iso8601(timeZone: .gmt, dateTimeSeparator: .space)) + " UTC"
}

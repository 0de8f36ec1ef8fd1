import Autodiff
import Decoding
import Tensors
import Tokens

/// CTC searches of one sentence, and the alignment that glancing training needs.
var ctcWorks: [Work] {
  let (rows, labels, vocabulary) = (64, 24, 9_712)
  // In each row one or two tokens far above all others, as in a trained model.
  func elements() -> [Float] {
    var elements = randomBuffer(rows * vocabulary, seed: 3).array
    for row in 0..<rows {
      elements[row * vocabulary + (row % 3 == 2 ? 1 + row * 7 % labels : 0)] += 12
      elements[row * vocabulary + 100 + row] += row % 5 == 0 ? 12 : 8
    }
    return elements
  }
  func work(_ name: String, _ search: @escaping (CTCScores) -> Void) -> Work {
    Work(name: "decode, CTC, \(name)") { _ in
      let scores = CTCScores(elements(), vocabularySize: vocabulary, blank: 0)
      return Round(amounts: [("rows", Double(rows))]) { search(scores) }
    }
  }
  return [
    work("greedy") { _ = CTCGreedySearch().search($0) },
    work("prefix beam 5") { _ = CTCPrefixBeamSearch(beamSize: 5).search($0) },
    work("prefix beam 20") { _ = CTCPrefixBeamSearch(beamSize: 20).search($0) },
    Work(name: "CTC, best alignment") { _ in
      let scores = elements()
      let target = (0..<labels).map { Int32(1 + $0) }
      return Round(amounts: [("rows", Double(rows))]) {
        _ = CTCAlignment(labels: target, logProbabilities: scores, classes: vocabulary, blank: 0)
      }
    },
  ]
}

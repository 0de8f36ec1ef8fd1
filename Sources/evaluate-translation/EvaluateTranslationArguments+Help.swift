import CommandLineArguments
import Evaluation

extension EvaluateTranslationArguments {
  static let command = CommandDescription(
    name: "evaluate-translation",
    summary: "scores translations by BLEU, chrF and TER",
    usage: [
      "--reference <file> [options] < translation",
      "--reference <file>... --hypothesis <file>... [options]",
    ],
    examples: [
      .init(
        "score what a model translates, without a file between",
        "translate --model model < test.en | evaluate-translation --reference test.de"),
      .init(
        "Chinese has no spaces: let BLEU look at characters",
        "evaluate-translation --reference test.zh --hypothesis out.zh --tokenize zh"),
      .init(
        "is the new system really better than the old one?",
        "evaluate-translation --reference test.de --hypothesis old.de --hypothesis new.de"),
      .init(
        "the ten segments with the worst chrF",
        "evaluate-translation -r test.de -m chrf --sentence-level < out.de |\n  tail -n +2 | sort -k2 -g | head"
      ),
    ],
    discussion: """
      Translations should be as the reader gets them, detokenized: every metric finds words by itself. Scores \
      equal those of sacreBLEU \(Signature.version) to the last digit it prints, and so does the signature, which \
      names the settings: compare scores only where signatures are equal.

      With several systems the first is the baseline. A p-value says how often chance alone would \
      make a difference as large as the one seen; below 0.05 it is marked by a star.

      More is better for BLEU and chrF, less for TER, which counts edits by 100 words of the reference.
      """)
}

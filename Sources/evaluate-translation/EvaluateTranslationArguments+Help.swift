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
        "score the output of a model without an intermediate file",
        "translate --model model < test.en | evaluate-translation --reference test.de"),
      .init(
        "Chinese has no spaces, so let BLEU compare characters",
        "evaluate-translation --reference test.zh --hypothesis out.zh --tokenize zh"),
      .init(
        "test whether the new system is significantly better than the old one",
        "evaluate-translation --reference test.de --hypothesis old.de --hypothesis new.de"),
      .init(
        "see where systems are strong and weak, and all sentences side by side",
        "evaluate-translation -r test.de --hypothesis old.de --hypothesis new.de \\\n  --source-text test.en --report report.html"
      ),
      .init(
        "a number for a script",
        "evaluate-translation -r test.de -m bleu --score-only --width 1 < out.de"),
      .init(
        "the ten segments with the worst chrF",
        "evaluate-translation -r test.de -m chrf --sentence-level < out.de |\n  tail -n +2 | sort -k2 -g | head"
      ),
    ],
    discussion: """
      Score detokenized text, as a reader would get it: each metric does its own tokenization. Scores match those of \
      sacreBLEU \(Signature.version) to the last digit that it prints, and so does the signature, which lists the \
      settings. Compare scores only if their signatures are equal.

      With several systems, the first one is the baseline. The p-value is the probability that chance alone makes \
      a difference at least as large as the one observed, in either direction; below 0.05 it is marked with a star. A \
      system and its copy have a p-value of 1. With --p-value sacrebleu, p-values are those of sacreBLEU's formula. \
      The signature names the definition: 'p:two-sided' or 'p:sacrebleu'.

      An accented letter can be one character or several. If words of translation and reference differ only in that, \
      all texts are compared in Unicode's normal form NFC, a message says so, and the signature has 'unicode:nfc'; see \
      --normalization.

      Higher is better for BLEU and chrF, lower for TER, which counts edits per 100 words of the reference.
      """,
    related: [
      "build-vocab", "segment-text", "train-translation", "average-checkpoints", "quantize-model",
      "translate",
    ])
}

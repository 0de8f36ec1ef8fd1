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
        "the ten segments with the worst chrF",
        "evaluate-translation -r test.de -m chrf --sentence-level < out.de |\n  tail -n +2 | sort -k2 -g | head"
      ),
    ],
    discussion: """
      Score detokenized text, as a reader would get it: each metric does its own tokenization. Scores match those of \
      sacreBLEU \(Signature.version) to the last digit that it prints, and so does the signature, which lists the \
      settings. Compare scores only if their signatures are equal.

      With several systems, the first one is the baseline. The p-value is the probability that chance alone makes \
      a difference as large as the one observed; below 0.05 it is marked with a star.

      Higher is better for BLEU and chrF, lower for TER, which counts edits per 100 words of the reference.
      """, related: ["build-vocab", "segment-text", "train-translation", "average-checkpoints", "translate"])
}

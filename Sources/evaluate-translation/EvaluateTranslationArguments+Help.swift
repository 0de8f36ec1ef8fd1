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
        "a table for a paper, with the p-values of sacreBLEU's bootstrap test",
        "evaluate-translation -r test.de --hypothesis old.de --hypothesis new.de \\\n  --paired-bs --format latex"
      ),
      .init(
        "document BLEU, and the scores of each document",
        "evaluate-translation -r test.de --documents test.documents --document-level < out.de"),
      .init(
        "spBLEU, for languages without spaces, too",
        "evaluate-translation -r test.ja -m bleu --tokenize flores200 \\\n  --tokenizer-model flores200.model < out.ja"
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

      In tables, a star marks systems that differ significantly from the baseline, and the best system is bold, or \
      followed by 'best' in text. Confidence intervals, and p-values with --paired-bs or --paired-ar, come from the same \
      random draws as sacreBLEU's and have its digits.

      With --documents, each line of the file is the name of the document that the segment belongs to, and the scores \
      of each document follow. With --document-level, the segments of a document are joined by spaces and scored as \
      one, so that n-grams reach across sentences: document BLEU and document chrF.

      spBLEU compares pieces of a SentencePiece model, which is not part of this program. Those of sacreBLEU are, on \
      dl.fbaipublicfiles.com, fairseq/models/flores/sacrebleu_tokenizer_spm.model (flores101), on tinyurl.com, \
      flores200sacrebleuspm (flores200), and on dlnlp.ai, spBLEU-1K/spbleu-1k_tokenizer_spm.model (spBLEU-1K). Any other \
      model works with --tokenize spm; the signature has a checksum of it. There are no tokenizers ja-mecab and ko-mecab: \
      use a model, --tokenize char, or text that is segmented already with --tokenize none.

      An accented letter can be one character or several. If words of translation and reference differ only in that, \
      all texts are compared in Unicode's normal form NFC, a message says so, and the signature has 'unicode:nfc'; see \
      --normalization.

      Options that have other names in sacreBLEU: -i is --hypothesis, -tok --tokenize, -lc --lowercase, -nr --num-refs, \
      -sl --sentence-level, -ci --confidence, -cin, -pbsn and -parn are --trials, -j is --threads, --force is part of \
      --quiet, and SACREBLEU_SEED is --seed. Systems in columns need --num-hypotheses. sacreBLEU prints one decimal: \
      --width 1. Test sets are not downloaded; white space at the ends of lines is removed, as sacreBLEU does.

      Higher is better for BLEU and chrF, lower for TER, which counts edits per 100 words of the reference.
      """,
    related: [
      "build-vocab", "segment-text", "train-translation", "average-checkpoints", "quantize-model",
      "translate",
    ])
}

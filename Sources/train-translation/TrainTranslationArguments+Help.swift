import CommandLineArguments
import TrainingOptions
import TrainingSession

extension TrainTranslationArguments {
  static let command = CommandDescription(
    name: "train-translation",
    summary: "trains a Transformer translation model",
    usage: [
      """
      --vocab <folder> --train-source <file> --train-target <file> \
      --valid-source <file> --valid-target <file> --model <folder> [options]
      """,
      "--preset auto --train-source <file> --train-target <file> --model <folder> [options]",
      "--initialize-from <folder> --train <file.tmx> --valid <file.tmx> --model <folder> [options]",
    ],
    examples: [
      .init(
        "the easiest way: all settings are chosen from the text and the time budget",
        """
        train-translation --preset auto --train-source train.en --train-target train.de --model model \\
            --time-budget 20m
        translate --model model <news.en >news.de
        """),
      .init(
        "a small model from a hundred thousand pairs in half an hour",
        """
        build-vocab --source train.en --target train.de --output vocab
        train-translation --vocab vocab --train-source train.en --train-target train.de \\
            --valid-source valid.en --valid-target valid.de --model model --time-budget 30m
        translate --model model <news.en >news.de
        """),
      .init("resume after an interruption, or with other limits", "train-translation --resume --model model"),
      .init(
        "fine-tune on a translation memory of 20,000 pairs; each epoch mixes in as many of the original million "
          + "pairs to prevent forgetting",
        """
        train-translation --initialize-from model --model adapted --learning-rate 2e-4 --warmup 200 \\
            --train-source memory.en --train-target memory.de --train-weight 1 \\
            --train-source train.en --train-target train.de --train-weight 0.02 \\
            --valid-source memory-valid.en --valid-target memory-valid.de --time-budget 20m
        """),
      .init(
        "fine-tune an imported model on a catalog without forgetting",
        """
        train-translation --initialize-from en-pt --model en-pt-app --train app.po --valid other.po \\
            --replay general.en --learning-rate 1e-4 --warmup 100 --time-budget 15m
        """),
      .init(
        "train on more text than fits into memory",
        """
        prepare-corpus --vocab vocab --train-source train.en.gz --train-target train.de.gz \\
            --output corpus
        train-translation --vocab vocab --train-corpus corpus --model model \\
            --valid-source valid.en --valid-target valid.de
        """),
      .init(
        "one model for two target languages, with tags in the vocabulary",
        """
        train-translation --vocab vocab --model model \\
            --train-source en-de.en --train-target en-de.de --prefix-source "<2de>" \\
            --train-source en-fr.en --train-target en-fr.fr --prefix-source "<2fr>" \\
            --valid-source valid-de.en --valid-target valid-de.de --valid-prefix-source "<2de>" \\
            --valid-source valid-fr.en --valid-target valid-fr.fr --valid-prefix-source "<2fr>"
        translate --model model --prefix-source "<2fr>" <news.en >news.fr
        """),
    ],
    discussion: [
      automaticDiscussion, textDiscussion, StoppingRequest.discussion, CorporaRequest.discussion,
      StartRequest.discussion, ScheduleRequest.discussion, DecoderRequest.discussion,
      DistillationRequest.discussion, MachineRequest.discussion, ValidationRequest.discussion,
      AlignmentRequest.discussion, RecordRequest.discussion,
    ].joined(separator: "\n\n"),
    related: [
      "build-vocab", "prepare-corpus", "segment-text", "average-checkpoints", "quantize-model", "translate",
      "evaluate-translation",
    ],
    versionDetails: { [MachineRequest.matrixKernels] })

  private static let textDiscussion = """
    Line n of a source file and line n of the target file are a pair. --train and --valid read translation memories, \
    catalogs and all other formats of convert-corpus: finished translations only, the two languages of the vocabulary or \
    of --source-language and --target-language, and without formatting tags unless you give --keep-tags. Their text is kept \
    in MODEL/converted, and what was left out is reported. Where files are counted, as by --train-weight, \
    they follow all files of --train-source. --train-corpus reads what prepare-corpus wrote, some shards at a time; whatever \
    needs text, such as --bpe-dropout or --guided-alignment, is refused with it. The model folder is all that translate needs; \
    its folder checkpoints holds what only training needs, and train.jsonl is a log for plotting curves.
    """
}

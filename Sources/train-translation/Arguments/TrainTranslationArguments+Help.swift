import CommandLineArguments
import Tensors

extension TrainTranslationArguments {
  static let command = CommandDescription(
    name: "train-translation",
    summary: "trains a Transformer that translates",
    usage: [
      """
      --vocab <folder> --train-source <file> --train-target <file> \
      --valid-source <file> --valid-target <file> --model <folder> [options]
      """,
      "--preset auto --train-source <file> --train-target <file> --model <folder> [options]",
    ],
    examples: [
      .init(
        "the easiest start: everything is chosen by the text and the time",
        """
        train-translation --preset auto --train-source train.en --train-target train.de --model model \\
            --time-budget 20m
        translate --model model <news.en >news.de
        """),
      .init(
        "a small model of a hundred thousand pairs, in half an hour",
        """
        build-vocab --source train.en --target train.de --output vocab
        train-translation --vocab vocab --train-source train.en --train-target train.de \\
            --valid-source valid.en --valid-target valid.de --model model --time-budget 30m
        translate --model model <news.en >news.de
        """),
      .init("go on after an interruption", "train-translation <the same options> --resume"),
      .init(
        "fine-tune on your translation memory of 20,000 pairs; each epoch sees as much of the old million pairs, "
          + "so that what they taught is not forgotten",
        """
        train-translation --initialize-from model --model adapted --learning-rate 2e-4 --warmup 200 \\
            --train-source memory.en --train-target memory.de --train-weight 1 \\
            --train-source train.en --train-target train.de --train-weight 0.02 \\
            --valid-source memory-valid.en --valid-target memory-valid.de --time-budget 20m
        """),
      .init(
        "one model for two target languages, whose vocabulary has the tags",
        """
        train-translation --vocab vocab --model model \\
            --train-source en-de.en --train-target en-de.de --prefix-source "<2de>" \\
            --train-source en-fr.en --train-target en-fr.fr --prefix-source "<2fr>" \\
            --valid-source valid-de.en --valid-target valid-de.de --valid-prefix-source "<2de>" \\
            --valid-source valid-fr.en --valid-target valid-fr.fr --valid-prefix-source "<2fr>"
        translate --model model --prefix-source "<2fr>" <news.en >news.fr
        """),
    ],
    discussion: """
      With --preset auto, nothing but text and a folder must be given. It counts words, learns a vocabulary where \
      --vocab is left out (into MODEL), holds pairs out for validation where no validation text is given (they are \
      never trained on, and lie in MODEL/valid.source.txt and MODEL/valid.target.txt), trains models of several sizes \
      for a moment to learn how fast this machine is, and chooses size, precision, batches, regularization and \
      schedule so that the learning rate is down when --time-budget is up. It prints each choice with its reason and \
      its source. What is given wins. --plan prints the table and ends; --resume goes on with the choices in \
      MODEL/recipe.json.

      Line n of a source file and line n of the target file are a pair. The model folder is all that translate \
      needs; what only training needs lies in its folder checkpoints, and train.jsonl is a log to draw curves of.

      The model is validated every so often on perplexity and on BLEU of the greedily decoded text, or on what \
      --best-by and --valid-metrics ask for, and the best one is kept. Training ends at the first of --max-updates, --max-epochs, --time-budget, or when --patience \
      validations in a row were no better. Ctrl-C or SIGTERM saves everything and ends; --resume goes on. SIGUSR1 \
      (kill -USR1) writes a checkpoint at once, and training goes on.

      The newest two checkpoints are kept in MODEL/checkpoints, each with a checksum: where last.safetensors is \
      damaged, --resume says so and goes on from previous.safetensors. While one is written, the disk needs room for \
      three. Where it cannot be written, training goes on and tries again after --checkpoint-every.

      A batch whose gradient is no number is named and left out. After --skip-limit of them in a row, or when the \
      mean loss was more than half above its best, and by half a nat, for 100 updates in a row, the last good \
      checkpoint comes back with half the learning rate; after three times training ends as diverged, with exit code 1.

      With --train-weight a file counts more or less than its size: each of its pairs is seen that many times in an \
      epoch. Fractions add up: after any number of epochs no pair of a file was seen more than once more than another. \
      A pair that is seen twice in an epoch is segmented once by --bpe-dropout.

      --prefix-source puts a tag before every source line of a file, as if the file had it in its first column. \
      Lines may as well have tags of their own; in a file with --prefix-source they are text, and the report before \
      training counts them.

      --initialize-from takes over the weights of another model folder, with its architecture and vocabulary; rates of \
      dropout may be others. The optimizer knows nothing of what was before and the schedule starts at update 0: the \
      learning rate rises anew, for --warmup updates up to --learning-rate, which should be well below that of a \
      training from nothing (default of both: by the size of the model). --freeze keeps a part of the weights to the \
      bit: embeddings (the tables of both sides, and the output layer where it is tied to them), encoder and decoder \
      (their layers without embeddings), output (an output layer that is a matrix of its own). --resume needs the \
      other model no more.

      After the warm-up, the learning rate falls with the inverse square root of the updates (inverse-sqrt; noam is \
      the same with the peak factor / √(size × warm-up), as in the paper), along half a wave of a cosine or in a \
      straight line (linear) down to --min-learning-rate, by --plateau-factor whenever validations are no better \
      (plateau), or not at all (constant). Cosine and linear end at --schedule-updates or --max-updates. With \
      neither, they follow the share of --time-budget that is used up, of which a warm-up takes a quarter at most: \
      the rate is down when the time is up, but two such runs, or a resumed one, do not give the same bits.

      With --decoder nonautoregressive all tokens of a translation are predicted at once. With \
      --initialize-from MODEL it begins with MODEL's encoder and the layers of its decoder, and learns faster than \
      from nothing. Add such a decoder to a model that translates well by --initialize-from MODEL --decoder both \
      --freeze embeddings --freeze encoder --freeze decoder: translate then drafts with it, and the other decoder \
      judges. With both decoders perplexity is that of the autoregressive one, BLEU and chrF are those of the other \
      one.

      --distill-from TEACHER translates the training text first, and learns that: meant for a decoder that \
      predicts all tokens at once, or for a small model. What is translated lies in \
      MODEL/distilled; who interrupts it goes on with the same command.

      To train as on several devices, --accumulate as many batches an update: their gradients are added up and \
      divided once by all their target tokens. The last update of an epoch takes the batches that are left.

      Batches are cut into as many shards as there are threads. The result depends on the number of shards, not \
      on the number of threads: --shards 8 --threads 2 gives what eight threads would. A shard is worked on in \
      pieces of about a thousand tokens, one after another, and of fewer where --max-memory asks for it: their \
      gradients are added up, so that an update is the same but for rounding and for the elements that dropout \
      draws. A resumed run keeps its shards and its pieces.

      \(validationDiscussion)

      \(alignmentDiscussion)
      """,
    versionDetails: { [matrixProductDescription()] })
}

package org.sslam.train.finetune;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sslam.audio.split.SplitConfig;
import org.sslam.core.UserException;
import org.sslam.core.config.Key;
import org.sslam.core.ops.Precision;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.train.loop.LoopConfig;
import org.sslam.train.optim.LayerDecay;
import org.sslam.train.optim.OptimizerConfig;

/** The evaluation of an encoder on a task as data: what one YAML file under {@code eval/} describes. */
public record FinetuneConfig(
        @Key(doc = "name of the task, for results") String task,
        @Key(doc = "folder of the result and of one run for each seed and fold; the same command continues it")
                Path output,
        @Key(doc = "folder of an encoder, of a run or of a checkpoint; or random: fresh weights") String encoder,
        @Key(doc = "finetune: everything learns; linear: the head on the frozen encoder", value = "finetune") Mode mode,
        @Key(doc = "one training for each seed", value = "[1]") List<Long> seeds,
        @Key(doc = "cpu, gpu0, gpu1 ...", value = "cpu") String device,
        @Key(doc = "engine threads, 0 for all cores", value = "0") int threads,
        @Key(doc = "fp32 or bf16 products", value = "fp32") Precision precision,
        @Key(doc = "clips to train on, to choose by and to judge") SplitConfig data,
        @Key(doc = "where the task's log-mels differ from the encoder's") TaskFrontEnd frontEnd,
        @Key(doc = "sizes of a random encoder; a folder brings its own") Optional<SslamConfig> model,
        @Key(doc = "instead of model: folder of an encoder whose sizes and log-mels a random encoder has")
                Optional<Path> like,
        @Key(doc = "head and loss") HeadConfig head,
        @Key(doc = "largest rate of left-out residual branches, in the frozen encoder too", value = "0.1")
                double dropPath,
        @Key(doc = "rate of a block by that of the block above, 1 for equal; mode finetune", value = "0.65")
                double layerDecay,
        @Key(
                        doc =
                                "eat: patches and CLS at the full rate; mae: below the first block, and the floor scaled too",
                        value = "eat")
                LayerDecay.Form layerDecayForm,
        @Key(doc = "patches that the encoder does not see in training") SeenConfig hidden,
        @Key(doc = "mixtures of two training clips and their labels") MixupConfig mixup,
        @Key(doc = "bands of training clips set to the mean") BandConfig bands,
        @Key(doc = "which training clips an epoch visits") SamplerConfig sampler,
        @Key(
                        doc =
                                "updates = floor(clips x epochs / batch), a tenth of them warm-up in mode finetune, instead of"
                                        + " optimizer.maxUpdates and warmupUpdates; 0 for those",
                        value = "0")
                int epochs,
        @Key(doc = "epochs of warm-up where epochs counts, instead of a tenth; mode finetune")
                OptionalDouble warmupEpochs,
        @Key(doc = "optimiser and schedule; in mode linear, section linear decides rate and warm-up")
                OptimizerConfig optimizer,
        @Key(doc = "what mode linear has instead") LinearConfig linear,
        @Key(doc = "which epoch is judged") SelectionConfig selection,
        @Key(
                        doc =
                                "compute the frozen encoder's features once; needs mode linear and nothing random in its input",
                        value = "false")
                boolean cacheFeatures,
        @Key(doc = "logs, checkpoints, guards") LoopConfig loop) {
    /** What {@code encoder} says for fresh weights. */
    public static final String RANDOM = "random";

    private static final double WARMUP_SHARE = 0.1;

    /** Checks what several keys must agree on. */
    public FinetuneConfig {
        seeds = List.copyOf(seeds);
        if (task.isBlank() || encoder.isBlank()) {
            throw new IllegalArgumentException("task and encoder must not be blank");
        }
        if (seeds.isEmpty() || new HashSet<>(seeds).size() != seeds.size()) {
            throw new IllegalArgumentException("seeds must be distinct and at least one, not " + seeds);
        }
        if (threads < 0 || epochs < 0) {
            throw new IllegalArgumentException("threads and epochs must not be negative");
        }
        if (!(dropPath >= 0 && dropPath < 1) || !(layerDecay > 0 && layerDecay <= 1)) {
            throw new IllegalArgumentException("dropPath must lie in 0 .. 1 and layerDecay above 0 up to 1, not "
                    + dropPath + " and " + layerDecay);
        }
        if (encoder.equals(RANDOM) && model.isEmpty() && like.isEmpty()) {
            throw new IllegalArgumentException(
                    "encoder random needs sizes: name an encoder of the same sizes by like, add a section model, or extend"
                            + " a file of configs/sslam/sizes");
        }
        if (mixup.mixesBatches() && optimizer.batchSize() % 2 != 0) {
            throw new IllegalArgumentException("optimizer.batchSize " + optimizer.batchSize() + " is odd, but mixup"
                    + " mixes a batch in pairs; choose an even one, or set mixup.alpha=0");
        }
        if (cacheFeatures && mode != Mode.LINEAR) {
            throw new IllegalArgumentException("cacheFeatures needs mode linear: in fine-tuning features change");
        }
        if (warmupEpochs.isPresent() && !(warmupEpochs.getAsDouble() >= 0 && warmupEpochs.getAsDouble() < epochs)) {
            throw new IllegalArgumentException(
                    "warmupEpochs must lie in 0 .. epochs, not " + warmupEpochs.getAsDouble());
        }
        if (cacheFeatures
                && (dropPath > 0 || hidden.hides() || mixup.active() || bands.active() || frontEnd.augments())) {
            throw new IllegalArgumentException("cacheFeatures needs an encoder that always sees and says the same; set"
                    + " dropPath=0 hidden.kind=none mixup.alpha=0 bands.ratio=0 bands.bins=0 bands.frames=0"
                    + " frontEnd.rollAndMagnitude=false frontEnd.noise=false frontEnd.lengthPolicy=pad-or-cut");
        }
    }

    /** Engine threads, resolved. */
    public int engineThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /**
     * Optimiser and schedule of this mode.
     *
     * @param visits clips of one epoch
     */
    public OptimizerConfig optimizerFor(int visits) {
        try {
            if (mode == Mode.LINEAR) {
                long updates = linear.epochs() > 0 || epochs > 0
                        ? updates(visits, linear.epochs() > 0 ? linear.epochs() : epochs)
                        : optimizer.maxUpdates();
                return optimizer.withLearningRate(linear.learningRate()).withUpdates(linear.warmupUpdates(), updates);
            }
            long updates = updates(visits, epochs);
            double share = warmupEpochs.isPresent() ? warmupEpochs.getAsDouble() / epochs : WARMUP_SHARE;
            return epochs > 0 ? optimizer.withUpdates((long) (updates * share), updates) : optimizer;
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    e.getMessage() + " (mode " + mode.name().toLowerCase(Locale.ROOT) + ", " + visits
                            + " clips an epoch); correct linear.warmupUpdates, epochs or optimizer",
                    e);
        }
    }

    private long updates(int visits, int passes) {
        long clipsOfUpdate = (long) optimizer.batchSize() * optimizer.accumulate();
        return Math.max(1, (long) visits * passes / clipsOfUpdate);
    }
}

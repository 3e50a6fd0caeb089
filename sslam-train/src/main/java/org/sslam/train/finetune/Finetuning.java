package org.sslam.train.finetune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.sslam.audio.augment.Mixup;
import org.sslam.audio.augment.SpectrogramMask;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.TensorLists;
import org.sslam.core.random.Seeds;
import org.sslam.models.encoder.Classifier;
import org.sslam.models.encoder.EncoderDraws;
import org.sslam.models.vit.DropPath;
import org.sslam.train.loop.TrainingMethod;
import org.sslam.train.objective.ClassificationLoss;
import org.sslam.train.objective.Losses;
import org.sslam.train.optim.LayerDecay;
import org.sslam.train.optim.RateScale;

/**
 * Fine-tuning and linear evaluation as the loop sees them.
 *
 * <pre>
 * batch -> mixup -> bands -> encoder with dropped paths and hidden patches -> pooling -> fc_norm -> head -> NaN logits to 0 -> loss
 * </pre>
 *
 * <p>In linear evaluation the encoder takes no part in the backward pass, but everything before the head stays as random
 * as in fine-tuning. Loss divisors: the sum of the (mixed) labels for clips with several labels, the number of clips
 * otherwise; a batch without any label is divided by 1. Every draw is a function of (seed, position of the batch, rank,
 * row). Source: SSLAM paper, section 4.2; public EAT classification model for order and divisors.
 */
public final class Finetuning implements TrainingMethod {
    private static final String MODEL = "model";
    private static final String BEST = "best";

    private final NDManager manager;
    private final Ops ops;
    private final TensorLists lists;
    private final Classifier classifier;
    private final HeadInput input;
    private final ClipSource train;
    private final TaskTargets targets;
    private final FinetuneConfig config;
    private final Draws draws;
    private final ClassificationLoss loss;
    private final Map<String, Parameter> trained;
    private final Map<String, NDArray> best = new LinkedHashMap<>();

    /** Where every draw comes from. */
    public record Draws(long seed, int rank) {
        SplittableRandom random(String purpose, Batch batch, long... more) {
            long[] indices = new long[more.length + 2];
            indices[0] = batch.position();
            indices[1] = rank;
            System.arraycopy(more, 0, indices, 2, more.length);
            return Seeds.random(seed, purpose, indices);
        }
    }

    /**
     * @param manager owner of the classifier's weights, closed with this
     * @param input what the head sees; from mels unless features are kept
     * @param train the clips that batches number
     */
    public Finetuning(
            NDManager manager,
            Ops ops,
            TensorLists lists,
            Classifier classifier,
            HeadInput input,
            ClipSource train,
            TaskTargets targets,
            FinetuneConfig config,
            Draws draws) {
        this.manager = manager;
        this.ops = ops;
        this.lists = lists;
        this.classifier = classifier;
        this.input = input;
        this.train = train;
        this.targets = targets;
        this.config = config;
        this.draws = draws;
        this.loss = new ClassificationLoss(ops);
        this.trained = config.mode() == Mode.LINEAR ? classifier.headParameters() : classifier.parameters();
        if (config.selection().keep() == SelectionConfig.Keep.BEST) {
            trained.forEach((name, p) -> best.put(name, manager.zeros(p.shape())));
        }
    }

    @Override
    public Map<String, Parameter> parameters() {
        return trained;
    }

    @Override
    public RateScale rateScale() {
        return new LayerDecay(config.layerDecay(), classifier.encoder().depth(), config.layerDecayForm());
    }

    /** What changes in training, and where the best epoch is kept, its weights. */
    @Override
    public Map<String, Map<String, NDArray>> weights() {
        Map<String, NDArray> model = new LinkedHashMap<>();
        trained.forEach((name, p) -> model.put(name, p.data()));
        return best.isEmpty() ? Map.of(MODEL, model) : Map.of(MODEL, model, BEST, best);
    }

    @Override
    public Result forward(NDManager step, Batch batch, boolean diagnose) {
        float[] mels = batch.melBTF();
        float[] labels = targets.rows(train, batch);
        if (config.mixup().mixesBatches()) {
            double lambda = new Mixup(config.mixup().alpha(), config.mixup().probability())
                    .lambda(draws.random("mixup", batch));
            mels = Mixup.mix(mels, batch.size(), lambda);
            labels = Mixup.mix(labels, batch.size(), lambda);
        }
        Batch seen = batch.with(batch.frames(), batch.bins(), bands(batch, mels));
        NDArray pooled = config.mode() == Mode.LINEAR
                ? GradMode.off(() -> input.pooledBD(step, seen, encoderDraws(batch)))
                : input.pooledBD(step, seen, encoderDraws(batch));
        NDArray logits = withoutNaN(classifier.logits(ops, pooled));
        return new Result(losses(step, logits, labels), Map.of());
    }

    /** Remembers the present weights as the best. */
    public void keepBest() {
        lists.copy(list(best), trainedList());
    }

    /** Brings the best weights back. */
    public void restoreBest() {
        lists.copy(trainedList(), list(best));
    }

    @Override
    public void close() {
        manager.close();
    }

    private float[] bands(Batch batch, float[] mels) {
        if (!config.bands().active()) {
            return mels;
        }
        SpectrogramMask mask = config.bands().of(batch.bins(), batch.frames());
        float[] masked = mels.clone();
        int clip = batch.frames() * batch.bins();
        for (int row = 0; row < batch.size(); row++) {
            mask.apply(masked, row * clip, batch.frames(), batch.bins(), draws.random("bands", batch, row));
        }
        return masked;
    }

    private EncoderDraws encoderDraws(Batch batch) {
        return new EncoderDraws(
                dropPath(batch), config.hidden().draw(batch.size(), row -> draws.random("hidden", batch, row)));
    }

    private DropPath dropPath(Batch batch) {
        return config.dropPath() == 0
                ? DropPath.NONE
                : new DropPath(config.dropPath(), classifier.encoder().depth(), draws.random("drop path", batch));
    }

    private Losses losses(NDManager step, NDArray logits, float[] labels) {
        NDArray targetsBC = Tensors.of(step, labels, logits.getShape());
        boolean bce = targets.loss() == HeadConfig.LossKind.BCE;
        double sampleSize = logits.getShape().get(0);
        if (bce && config.head().reduction() == HeadConfig.Reduction.MEAN) {
            sampleSize = logits.size();
        } else if (!targets.single()) {
            double sum = 0;
            for (float label : labels) {
                sum += label;
            }
            sampleSize = Math.max(1, sum);
        }
        Losses losses = new Losses(sampleSize);
        if (bce) {
            losses.add("bce", loss.binaryCrossEntropy(logits, targetsBC).sum());
        } else {
            double smoothing = config.head().labelSmoothing();
            losses.add(
                    "cross_entropy",
                    loss.crossEntropy(logits, targetsBC, smoothing).sum());
        }
        return losses;
    }

    private static NDArray withoutNaN(NDArray logits) {
        NDArray zeros = logits.getManager().zeros(new Shape(logits.getShape().getShape()));
        return NDArrays.where(logits.isNaN(), zeros, logits);
    }

    private NDList trainedList() {
        NDList data = new NDList();
        trained.values().forEach(p -> data.add(p.data()));
        return data;
    }

    private static NDList list(Map<String, NDArray> arrays) {
        return new NDList(arrays.values());
    }
}

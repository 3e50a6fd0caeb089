package org.sslam.train.mwmae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Parameter;
import org.sslam.core.nn.Weights;
import org.sslam.core.ops.Ops;
import org.sslam.core.random.Seeds;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.mwmae.Mwmae;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.Patchify;
import org.sslam.train.objective.Deviations;
import org.sslam.train.objective.Losses;
import org.sslam.train.objective.PatchLoss;
import org.sslam.train.pretrain.Pretraining;

/**
 * MW-MAE and MAE as the loop sees them: encoder, decoder, masks and loss of a batch.
 *
 * <pre>
 * L = sum over hidden patches of mean over cells (p' - p)^2 / number of hidden patches
 * </pre>
 *
 * <p>Only seen patches are embedded, only hidden ones predicted. The mask of a clip is a function of (seed, position of the
 * batch, rank, row). Source: MW-MAE paper, section 3.1.
 */
public final class MwmaePretraining implements Pretraining {
    private static final String MODEL = "model";

    private final NDManager manager;
    private final Ops ops;
    private final Mwmae model;
    private final Patchify patchify;
    private final RandomMask mask;
    private final Settings settings;

    /** Everything that shapes the method. */
    public record Settings(
            MwmaeConfig model, FrontEndConfig frontEnd, ObjectiveConfig objective, long seed, int rank) {}

    /**
     * What was compared.
     *
     * @param losses sums by name
     * @param predictedRC predicted cells of hidden patches
     * @param targetRC their targets
     */
    public record Compared(Losses losses, NDArray predictedRC, NDArray targetRC) {}

    /**
     * Builds encoder and decoder with fresh weights.
     *
     * @param parent parent of all weights
     */
    public MwmaePretraining(NDManager parent, Ops ops, Settings settings) {
        MwmaeConfig config = settings.model();
        int frames = settings.frontEnd().frames();
        int bins = settings.frontEnd().melBins();
        PatchGrid grid = config.grid(frames, bins);
        this.manager = parent.newSubManager();
        this.ops = ops;
        this.settings = settings;
        this.patchify = Patchify.sideBySide(grid, config.patchFrames(), config.patchBins());
        this.mask = settings.objective().mask(grid.tokens());
        Torch.seed(Seeds.of(settings.seed(), "weights"));
        this.model = new Mwmae(new Init(manager), config, frames, bins);
    }

    /** Encoder and decoder. */
    public Mwmae model() {
        return model;
    }

    @Override
    public void begin(Path checkpoint, Consumer<String> notices) {
        Weights.read(checkpoint.resolve(ModelFolder.WEIGHTS), model.state(), false);
    }

    @Override
    public String description() {
        return MwmaeFiles.describe(settings.model(), settings.frontEnd());
    }

    @Override
    public void saveEncoder(Path folder) {
        MwmaeFiles.save(folder, model.encoder(), settings.frontEnd());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public Map<String, Map<String, NDArray>> weights() {
        return Map.of(MODEL, model.state());
    }

    @Override
    public Result forward(NDManager step, Batch batch, boolean diagnose) {
        int[][] order = new int[batch.size()][];
        for (int row = 0; row < order.length; row++) {
            order[row] = mask.draw(Seeds.random(settings.seed(), "mask", batch.position(), settings.rank(), row));
        }
        Compared compared = compare(step, batch.melBTF(), new TokenOrder(order, mask.seen()));
        return new Result(
                compared.losses(),
                diagnose
                        ? GradMode.off(() -> Deviations.of(ops, compared.targetRC(), compared.predictedRC()))
                        : Map.of());
    }

    /**
     * Forward pass and loss.
     *
     * @param step owner of what is allocated
     * @param melBTF clips one after the other
     * @param order which patches are seen
     */
    public Compared compare(NDManager step, float[] melBTF, TokenOrder order) {
        long[] hidden = order.hiddenRows();
        NDArray seen = cells(step, patchify.rows(melBTF, order.rows(), order.seenRows()));
        float[] rows = patchify.rows(melBTF, order.rows(), hidden);
        settings.objective().targets().apply(rows, patchify.cells());
        NDArray target = cells(step, rows);
        NDArray predicted = model.predictHidden(ops, seen, order);
        Losses losses = new Losses(hidden.length);
        losses.add("reconstruction", StepClock.part("losses", () -> new PatchLoss(ops).sum(predicted, target, 1)));
        return new Compared(losses, predicted, target);
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray cells(NDManager step, float[] rows) {
        return Tensors.of(step, rows, new Shape(rows.length / patchify.cells(), patchify.cells()));
    }
}

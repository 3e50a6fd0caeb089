package org.sslam.train.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Tensors;
import org.sslam.core.engine.Torch;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Parameter;
import org.sslam.core.nn.Weights;
import org.sslam.core.ops.Ops;
import org.sslam.core.random.Seeds;
import org.sslam.models.audiomae.AudioMae;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.audiomae.ContrastHead;
import org.sslam.models.audiomae.Masking;
import org.sslam.models.audiomae.MaskingConfig;
import org.sslam.models.mask.TokenOrder;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.Patchify;
import org.sslam.train.objective.Deviations;
import org.sslam.train.pretrain.Pretraining;

/**
 * Audio-MAE as the loop sees it: encoder, decoder, masks and losses of a batch.
 *
 * <p>The mask of a clip is a function of (seed, position of the batch, rank, row). Source: Audio-MAE paper, section 3.
 */
public final class AudioMaePretraining implements Pretraining {
    private static final String MODEL = "model";
    private static final String CONTRAST = "contrast";
    private static final String SUFFIX = ".safetensors";

    private final NDManager manager;
    private final Ops ops;
    private final AudioMae model;
    private final Optional<ContrastHead> contrast;
    private final ReconstructionObjective objective;
    private final Masking masking;
    private final Settings settings;

    /** Everything that shapes the method. */
    public record Settings(
            AudioMaeConfig model,
            FrontEndConfig frontEnd,
            MaskingConfig mask,
            ReconstructionConfig objective,
            long seed,
            int rank) {}

    /**
     * Builds encoder and decoder with fresh weights.
     *
     * @param parent parent of all weights
     */
    public AudioMaePretraining(NDManager parent, Ops ops, Settings settings) {
        AudioMaeConfig config = settings.model();
        int frames = settings.frontEnd().frames();
        int bins = settings.frontEnd().melBins();
        PatchGrid grid = config.grid(frames, bins);
        this.manager = parent.newSubManager();
        this.ops = ops;
        this.settings = settings;
        Torch.seed(Seeds.of(settings.seed(), "weights"));
        Init init = new Init(manager);
        this.model = new AudioMae(init, config, bins);
        this.contrast = settings.objective().contrast() > 0
                ? Optional.of(new ContrastHead(init, config.decoder().dim(), config.patchCells()))
                : Optional.empty();
        Patchify patchify = new Patchify(grid, config.patchSize(), config.patchStride(), bins);
        this.objective = new ReconstructionObjective(
                ops,
                model,
                contrast,
                new PatchTargets(patchify, settings.objective().targets()),
                settings.objective());
        this.masking = settings.mask().over(grid);
    }

    /** Encoder and decoder. */
    public AudioMae model() {
        return model;
    }

    @Override
    public void begin(Path checkpoint, Consumer<String> notices) {
        Weights.read(checkpoint.resolve(MODEL + SUFFIX), model.state(), false);
        Path headFile = checkpoint.resolve(CONTRAST + SUFFIX);
        boolean there = Files.isRegularFile(headFile);
        if (contrast.isPresent() && there) {
            Weights.read(headFile, contrast.get().state(), false);
        } else if (contrast.isPresent()) {
            notices.accept(checkpoint + " has no head of the contrast: it begins with fresh weights");
        } else if (there) {
            notices.accept("the head of the contrast of " + checkpoint + " is left out, as objective.contrast is 0");
        }
    }

    @Override
    public String description() {
        return AudioMaeFiles.describe(
                settings.model(), settings.frontEnd(), settings.objective().targets());
    }

    @Override
    public void saveEncoder(Path folder) {
        AudioMaeFiles.save(folder, model.encoder(), settings.frontEnd());
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(model.parameters());
        contrast.ifPresent(head -> all.putAll(head.parameters()));
        return all;
    }

    @Override
    public Map<String, Map<String, NDArray>> weights() {
        Map<String, Map<String, NDArray>> files = new LinkedHashMap<>();
        files.put(MODEL, model.state());
        contrast.ifPresent(head -> files.put(CONTRAST, head.state()));
        return files;
    }

    @Override
    public Result forward(NDManager step, Batch batch, boolean diagnose) {
        TokenOrder order = masking.draw(
                batch.size(), row -> Seeds.random(settings.seed(), "mask", batch.position(), settings.rank(), row));
        Shape shape = new Shape(batch.size(), 1, batch.frames(), batch.bins());
        NDArray x = Tensors.of(step, batch.melBTF(), shape);
        ReconstructionObjective.Compared compared = objective.of(x, batch.melBTF(), order, true);
        return new Result(
                compared.losses(),
                diagnose
                        ? GradMode.off(() -> Deviations.of(ops, compared.targetNP(), compared.predictedNP()))
                        : Map.of());
    }

    @Override
    public void close() {
        manager.close();
    }
}

package org.sslam.train.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.audio.feature.FrontEnd;
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
import org.sslam.core.ops.TensorLists;
import org.sslam.core.random.Seeds;
import org.sslam.models.mask.InverseBlockMask;
import org.sslam.models.mask.MaskConfig;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.MixItHead;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.models.sslam.SslamStudent;
import org.sslam.models.sslam.SslamTeacher;
import org.sslam.models.vit.PatchGrid;
import org.sslam.train.objective.Deviations;
import org.sslam.train.objective.Losses;
import org.sslam.train.optim.Ema;
import org.sslam.train.optim.EmaConfig;
import org.sslam.train.pretrain.Pretraining;

/**
 * SSLAM as the loop sees it: student, teacher, draws and losses of a batch.
 *
 * <p>Source: SSLAM paper, sections 3.1 to 3.3; public code for order and timing.
 */
public final class SslamPretraining implements Pretraining {
    private static final String STUDENT = "student";
    private static final String TEACHER = "teacher";
    private static final String SUFFIX = ".safetensors";

    private final NDManager manager;
    private final Ops ops;
    private final SslamStudent student;
    private final SslamEncoder teacher;
    private final Optional<MixItHead> mixit;
    private final Ema ema;
    private final EmaConfig emaConfig;
    private final SslamForward forward;
    private final SslamObjective objective;
    private final BatchDraws draws;
    private final FrontEndConfig frontEndConfig;

    /** Everything that shapes the method. */
    public record Settings(
            SslamConfig model, MaskConfig mask, ObjectiveConfig objective, EmaConfig ema, long seed, int rank) {}

    /**
     * Builds student and teacher with fresh weights; the teacher begins as the student's copy.
     *
     * @param parent parent of all weights
     */
    public SslamPretraining(NDManager parent, Ops ops, TensorLists lists, FrontEnd frontEnd, Settings settings) {
        SslamConfig model = settings.model();
        int frames = frontEnd.config().frames();
        int bins = frontEnd.config().melBins();
        this.manager = parent.newSubManager();
        this.frontEndConfig = frontEnd.config();
        this.ops = ops;
        Torch.seed(Seeds.of(settings.seed(), "weights"));
        Init init = new Init(manager);
        this.student = new SslamStudent(init, model, bins);
        this.teacher = new SslamEncoder(init, model, bins);
        this.mixit = settings.objective().mixit().enabled()
                ? Optional.of(new MixItHead(
                        init, model.embedDim(), settings.objective().mixit().vectors()))
                : Optional.empty();
        this.emaConfig = settings.ema();
        this.ema = new Ema(teacher, student, lists);
        ema.copyStudent();
        PatchGrid grid = PatchGrid.of(frames, bins, model.patchSize());
        this.forward = new SslamForward(ops, student, new SslamTeacher(teacher), settings.objective(), grid);
        this.objective = new SslamObjective(ops, settings.objective(), mixit.orElse(null));
        this.draws = new BatchDraws(
                settings.objective(),
                new InverseBlockMask(grid, settings.mask()),
                frontEnd,
                model.patchSize(),
                settings.seed(),
                settings.rank());
    }

    /** The student. */
    public SslamStudent student() {
        return student;
    }

    /** The teacher's encoder. */
    public SslamEncoder teacher() {
        return teacher;
    }

    @Override
    public void begin(Path checkpoint, Consumer<String> notices) {
        Weights.read(checkpoint.resolve(STUDENT + SUFFIX), student.state(), false);
        Weights.read(checkpoint.resolve(TEACHER + SUFFIX), teacher.state(), false);
    }

    @Override
    public String description() {
        return EncoderFiles.describe(student.encoder().config(), frontEndConfig);
    }

    @Override
    public void saveEncoder(Path folder) {
        EncoderFiles.save(folder, student.encoder(), frontEndConfig);
    }

    @Override
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(student.parameters());
        mixit.ifPresent(head -> all.putAll(head.parameters()));
        return all;
    }

    @Override
    public Map<String, Map<String, NDArray>> weights() {
        Map<String, Map<String, NDArray>> files = new LinkedHashMap<>();
        files.put(STUDENT, student.state());
        files.put(TEACHER, teacher.state());
        mixit.ifPresent(head -> files.put("mixit", head.state()));
        return files;
    }

    @Override
    public void afterUpdate(long finishedUpdates) {
        ema.update(emaConfig.decay(finishedUpdates));
    }

    @Override
    public Result forward(NDManager step, Batch batch, boolean diagnose) {
        StudentBatch drawn = StepClock.part("draws", () -> draws.draw(batch));
        SslamForward.Outputs outputs = forward.run(step, drawn, null);
        Losses losses = StepClock.part("losses", () -> objective.of(outputs, drawn));
        return new Result(losses, diagnose ? GradMode.off(() -> diagnostics(outputs, drawn)) : Map.of());
    }

    @Override
    public Map<String, Double> settings(long finishedUpdates) {
        return Map.of("ema_decay", emaConfig.decay(finishedUpdates));
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Mean deviation over masked rows of predictions and local targets: zero when representations have collapsed. */
    private Map<String, Double> diagnostics(SslamForward.Outputs outputs, StudentBatch batch) {
        long[] rows = outputs.inputMask().maskedRows(batch.clones());
        NDArray local = outputs.localNLD();
        try (NDArray index = Tensors.rows(local.getManager(), rows);
                NDArray flat = local.reshape(-1, local.getShape().get(2));
                NDArray targets = ops.takeRows(flat, index)) {
            return Deviations.of(ops, targets, outputs.predictedXD());
        }
    }
}

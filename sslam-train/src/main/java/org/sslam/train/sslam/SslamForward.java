package org.sslam.train.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.sslam.RetentionTarget;
import org.sslam.models.sslam.SslamStudent;
import org.sslam.models.sslam.SslamTeacher;
import org.sslam.models.vit.PatchGrid;

/**
 * One forward pass of student and teacher, stage 1 or 2: predictions and targets, no losses yet.
 *
 * <p>Letters: B clips, H halves (1, or 2 with unmixed and mixed), M clones, R = H B M rows, L tokens, D width. Source:
 * SSLAM paper, algorithm 1.
 */
public final class SslamForward {
    private final Ops ops;
    private final SslamStudent student;
    private final SslamTeacher teacher;
    private final ObjectiveConfig objective;
    private final PatchGrid grid;

    /**
     * What a batch gives; every array belongs to the step's manager.
     *
     * @param clsRD student's CLS
     * @param predictedXD decoder at masked positions, X = R * masked
     * @param inputMask R mask rows
     * @param localNLD teacher's local target, N = H B
     * @param globalND teacher's global target
     * @param retentionBLD source-retention target, or null
     * @param globalRetentionBD global source-retention target, or null
     * @param sourceBLD teacher's local target of the unmixed clips, or null
     */
    public record Outputs(
            NDArray clsRD,
            NDArray predictedXD,
            TokenMask inputMask,
            NDArray localNLD,
            NDArray globalND,
            NDArray retentionBLD,
            NDArray globalRetentionBD,
            NDArray sourceBLD) {}

    /** A forward pass over these networks. */
    public SslamForward(
            Ops ops, SslamStudent student, SslamTeacher teacher, ObjectiveConfig objective, PatchGrid grid) {
        this.ops = ops;
        this.student = student;
        this.teacher = teacher;
        this.objective = objective;
        this.grid = grid;
    }

    /**
     * Runs both networks.
     *
     * @param step manager of everything that this step allocates
     * @param noiseRLD decoder noise at every position, closed here; null to draw it
     */
    public Outputs run(NDManager step, StudentBatch batch, NDArray noiseRLD) {
        boolean twoHalves = batch.mixed() && objective.variant().unmixed();
        int clips = batch.clips() * (twoHalves ? 2 : 1);
        TokenMask mask = twoHalves ? batch.mask().twice() : batch.mask();
        NDArray x =
                Tensors.of(step, batch.student(objective.variant()), new Shape(clips, 1, batch.frames(), batch.bins()));

        NDArray tokens = StepClock.part("teacher", () -> teacher.tokens(ops, x));
        int depth = teacher.encoder().config().depth();
        SslamTeacher.Targets targets = StepClock.part(
                "teacher", () -> teacher.targets(ops, tokens, objective.kLocal(depth), objective.kGlobal(depth)));
        NDArray source = null;
        NDArray retention = null;
        NDArray globalRetention = null;
        if (batch.mixed() && objective.variant().retention()) {
            source = targets.localBLD().get(new NDIndex(":{}", batch.clips()));
            NDArray unmixedTokens = tokens.get(new NDIndex(":{}", batch.clips()));
            NDArray whole = source;
            retention = StepClock.part(
                    "retention", () -> GradMode.off(() -> retention(batch, unmixedTokens, whole, depth)));
            globalRetention = StepClock.part(
                    "retention", () -> GradMode.off(() -> globalRetention(batch, unmixedTokens, targets, depth)));
        }
        tokens.close();
        Student made = studentPass(x, mask, noiseRLD);
        return new Outputs(
                made.clsRD,
                made.predictedXD,
                mask,
                targets.localBLD(),
                targets.globalBD(),
                retention,
                globalRetention,
                source);
    }

    private record Student(NDArray clsRD, NDArray predictedXD) {}

    private Student studentPass(NDArray x, TokenMask mask, NDArray noiseRLD) {
        try (NDArray tokens = StepClock.part("student", () -> student.encoder().tokens(ops, x))) {
            SslamStudent.Encoded encoded = StepClock.part("student", () -> student.encode(ops, tokens, mask));
            long width = tokens.getShape().get(2);
            double std = student.decoder().config().noiseStd();
            try (NDArray visible = encoded.visibleRKD();
                    NDArray noise = noiseRLD != null
                            ? noiseRLD
                            : StepClock.part(
                                    "noise",
                                    () -> ops.normal(visible, new Shape(mask.rows(), mask.tokens(), width), std))) {
                return new Student(encoded.clsRD(), StepClock.part("decoder", () -> decoded(visible, noise, mask)));
            }
        }
    }

    private NDArray decoded(NDArray visibleRKD, NDArray noiseRLD, TokenMask mask) {
        try (NDArray input = student.decoderInput(ops, visibleRKD, noiseRLD, mask)) {
            return student.decodeMasked(ops, input, grid, mask);
        }
    }

    private NDArray retention(StudentBatch batch, NDArray unmixedTokens, NDArray source, int depth) {
        if (objective.retention() == 0 || objective.mixit().enabled()) {
            return null;
        }
        int[] mixed = batch.mixedTokens(grid);
        try (NDArray part = teacher.partialTarget(ops, unmixedTokens, mixed, objective.kLocal(depth))) {
            return RetentionTarget.of(ops, source, part, mixed, objective.retentionTarget());
        }
    }

    private NDArray globalRetention(
            StudentBatch batch, NDArray unmixedTokens, SslamTeacher.Targets targets, int depth) {
        if (objective.globalRetention() == 0) {
            return null;
        }
        try (NDArray own = targets.globalBD().get(new NDIndex(":{}", batch.clips()));
                NDArray part =
                        teacher.partialTarget(ops, unmixedTokens, batch.mixedTokens(grid), objective.kGlobal(depth));
                NDArray pooled = part.mean(new int[] {1});
                NDArray other = ops.roll(pooled, 1, 0);
                NDArray pair = NDArrays.stack(new NDList(own, other))) {
            return pair.mean(new int[] {0});
        }
    }
}

package org.sslam.train.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;
import org.sslam.models.audiomae.AudioMae;
import org.sslam.models.audiomae.ContrastHead;
import org.sslam.models.mask.TokenOrder;
import org.sslam.train.objective.InfoNce;
import org.sslam.train.objective.Losses;
import org.sslam.train.objective.PatchLoss;

/**
 * Audio-MAE's losses of a batch: squared error of hidden patches, and where it has a weight the contrastive loss.
 *
 * <p>Both are divided by the number of hidden patches in the end: the first is then the paper's ratio over the batch, the
 * second its mean over patches and clips.
 */
public final class ReconstructionObjective {
    private final Ops ops;
    private final AudioMae model;
    private final Optional<ContrastHead> contrast;
    private final PatchTargets targets;
    private final ReconstructionConfig config;

    /**
     * What was compared.
     *
     * @param losses sums by name
     * @param predictedNP predicted cells of hidden patches
     * @param targetNP their targets
     */
    public record Compared(Losses losses, NDArray predictedNP, NDArray targetNP) {}

    /**
     * @param contrast present if its loss has a weight
     */
    public ReconstructionObjective(
            Ops ops,
            AudioMae model,
            Optional<ContrastHead> contrast,
            PatchTargets targets,
            ReconstructionConfig config) {
        this.ops = ops;
        this.model = model;
        this.contrast = contrast;
        this.targets = targets;
        this.config = config;
    }

    /**
     * Forward pass and losses.
     *
     * @param xB1TF log-mels, owner of what is allocated
     * @param melBTF the same values
     * @param train whether dropout acts
     */
    public Compared of(NDArray xB1TF, float[] melBTF, TokenOrder order, boolean train) {
        int hidden = order.rows() * order.hiddenPerRow();
        NDArray features = model.features(ops, xB1TF, order, train);
        NDArray rows = AudioMae.hidden(ops, features, order);
        NDArray normed = model.decoder().normed(ops, rows);
        NDArray predicted = model.decoder().cells(ops, normed);
        NDArray target = Tensors.of(xB1TF.getManager(), targets.hidden(melBTF, order), predicted.getShape());
        Losses losses = new Losses(hidden);
        if (config.reconstruction() > 0) {
            losses.add("reconstruction", StepClock.part("losses", () -> new PatchLoss(ops)
                    .sum(predicted, target, config.reconstruction())));
        }
        contrast.ifPresent(head -> {
            Shape clips = new Shape(
                    order.rows(), order.hiddenPerRow(), predicted.getShape().get(1));
            NDArray context = head.forward(ops, normed).reshape(clips);
            losses.add("contrast", new InfoNce(ops).sum(context, target.reshape(clips), config.contrast()));
        });
        return new Compared(losses, predicted, target);
    }
}

package org.sslam.train.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.sslam.core.engine.Tensors;
import org.sslam.core.ops.Ops;
import org.sslam.models.mask.TokenMask;
import org.sslam.models.sslam.MixItHead;
import org.sslam.train.objective.BootstrapLoss;
import org.sslam.train.objective.GlobalReduction;
import org.sslam.train.objective.Losses;
import org.sslam.train.objective.MixItLoss;

/**
 * SSLAM's losses from predictions and targets: global and local on each half, source retention on the mixed half.
 *
 * <p>All terms are sums; the step divides gradients by S, the number of masked tokens. The retention term has the factor
 * 2 of the reference, which makes up for its half-sized set. Source: SSLAM paper, equations 1 to 5; public code for the
 * reductions.
 */
public final class SslamObjective {
    private static final double HALF_SIZED_SET = 2;

    private final Ops ops;
    private final BootstrapLoss loss;
    private final ObjectiveConfig config;
    private final MixItHead mixit;

    /**
     * @param ops computes the squared errors
     * @param config which terms apply
     * @param mixit projects decoded tokens for concept separation; null unless that is switched on
     */
    public SslamObjective(Ops ops, ObjectiveConfig config, MixItHead mixit) {
        this.ops = ops;
        this.loss = new BootstrapLoss(ops);
        this.config = config;
        this.mixit = mixit;
    }

    /** The losses of a batch. */
    public Losses of(SslamForward.Outputs outputs, StudentBatch batch) {
        TokenMask mask = outputs.inputMask();
        Losses losses = new Losses((double) mask.rows() * mask.maskedPerRow());
        boolean twoHalves = mask.rows() > batch.mask().rows();
        int clips = batch.clips();
        if (twoHalves || !batch.mixed()) {
            half(losses, outputs, batch, 0, twoHalves ? "_unmixed" : "", config.globalUnmixed(), config.localUnmixed());
        }
        if (batch.mixed()) {
            int from = twoHalves ? clips : 0;
            half(losses, outputs, batch, from, "_mixed", config.globalMixed(), config.localMixed());
            retention(losses, outputs, batch, from);
            if (mixit != null && outputs.sourceBLD() != null) {
                losses.add("mixit", separation(losses.sampleSize(), outputs, batch, from));
            }
        }
        return losses;
    }

    private void half(
            Losses losses,
            SslamForward.Outputs outputs,
            StudentBatch batch,
            int fromClip,
            String suffix,
            double globalFactor,
            double localFactor) {
        int clones = batch.clones();
        if (globalFactor > 0) {
            long[] rows = Tensors.shifted(BootstrapLoss.repeated(batch.clips(), clones), fromClip);
            NDArray cls = clsRows(outputs, fromClip * clones, rows.length);
            double weight = globalFactor
                    * globalWeight(
                            losses.sampleSize(), batch, outputs.inputMask().rows());
            losses.add("global" + suffix, loss.term(cls, outputs.globalND(), rows, weight));
        }
        if (localFactor > 0) {
            long[] rows = batch.mask().maskedRows(clones);
            NDArray predicted = predictedRows(outputs, batch, fromClip);
            NDArray target = outputs.localNLD().reshape(-1, predicted.getShape().get(1));
            long first = (long) fromClip * batch.mask().tokens();
            losses.add("local" + suffix, loss.term(predicted, target, Tensors.shifted(rows, first), localFactor));
        }
    }

    private void retention(Losses losses, SslamForward.Outputs outputs, StudentBatch batch, int fromClip) {
        int clones = batch.clones();
        if (outputs.retentionBLD() != null) {
            NDArray predicted = predictedRows(outputs, batch, fromClip);
            NDArray target =
                    outputs.retentionBLD().reshape(-1, predicted.getShape().get(1));
            long[] rows = batch.mask().maskedRows(clones);
            losses.add("retention", loss.term(predicted, target, rows, HALF_SIZED_SET * config.retention()));
        }
        if (outputs.globalRetentionBD() != null) {
            long[] rows = BootstrapLoss.repeated(batch.clips(), clones);
            NDArray cls = clsRows(outputs, fromClip * clones, rows.length);
            double weight = HALF_SIZED_SET
                    * config.globalRetention()
                    * globalWeight(
                            losses.sampleSize(), batch, outputs.inputMask().rows());
            losses.add("global_retention", loss.term(cls, outputs.globalRetentionBD(), rows, weight));
        }
    }

    /** The best assignment's error of each clip, averaged over clips and scaled by S. */
    private NDArray separation(double sampleSize, SslamForward.Outputs outputs, StudentBatch batch, int fromClip) {
        NDArray predicted = predictedRows(outputs, batch, fromClip);
        NDArray y = mixit.forward(ops, predicted, batch.clips());
        NDArray second = sourceRows(outputs.sourceBLD(), batch);
        NDArray first = sourceRows(ops.roll(outputs.sourceBLD(), 1, 0), batch);
        NDArray perClip = MixItLoss.minimum(MixItLoss.assignments(ops, y, first, second));
        return ops.scale(perClip.mean(), sampleSize * config.retention());
    }

    /** A source's representation at the masked tokens of all clones: (B, N, D). */
    private NDArray sourceRows(NDArray sourceBLD, StudentBatch batch) {
        long width = sourceBLD.getShape().get(2);
        long[] rows = batch.mask().maskedRows(batch.clones());
        NDArray index = Tensors.rows(sourceBLD.getManager(), rows);
        return ops.takeRows(sourceBLD.reshape(-1, width), index).reshape(batch.clips(), -1, width);
    }

    /** S over the number of shards, or over the rows. */
    private double globalWeight(double sampleSize, StudentBatch batch, int rows) {
        if (config.globalReduction() == GlobalReduction.MEAN) {
            return sampleSize / rows;
        }
        double shards = config.shardSize() == 0 ? 1 : Math.max(1, (double) batch.clips() / config.shardSize());
        return sampleSize / shards;
    }

    private static NDArray clsRows(SslamForward.Outputs outputs, int from, int count) {
        return outputs.clsRD().getShape().get(0) == count
                ? outputs.clsRD()
                : outputs.clsRD().get(new NDIndex("{}:{}", from, from + count));
    }

    private static NDArray predictedRows(SslamForward.Outputs outputs, StudentBatch batch, int fromClip) {
        long perClip = (long) batch.clones() * batch.mask().maskedPerRow();
        long count = batch.clips() * perClip;
        return outputs.predictedXD().getShape().get(0) == count
                ? outputs.predictedXD()
                : outputs.predictedXD().get(new NDIndex("{}:{}", fromClip * perClip, fromClip * perClip + count));
    }
}

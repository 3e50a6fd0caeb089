package org.sslam.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.sslam.audio.load.Batch;
import org.sslam.core.nn.Parameter;
import org.sslam.train.objective.Losses;
import org.sslam.train.optim.RateScale;

/**
 * What the loop needs to know of a way to train, pre-training or fine-tuning: its weights, what one batch costs, and what
 * happens between updates.
 */
public interface TrainingMethod extends AutoCloseable {
    /** The trained parameters by name; what is frozen is not among them. */
    Map<String, Parameter> parameters();

    /** How fast each of them learns. */
    default RateScale rateScale() {
        return RateScale.ONE;
    }

    /** Everything a checkpoint keeps besides the optimiser, by file name ("student", "teacher") and tensor name. */
    Map<String, Map<String, NDArray>> weights();

    /**
     * Called once between two updates, before the forward pass of update n+1 (never before the first): moves averages, where there are
     * any.
     *
     * @param finishedUpdates n, at least 1
     */
    default void afterUpdate(long finishedUpdates) {
        // most methods keep no averages
    }

    /**
     * Forward pass and losses of one batch, recorded for a backward pass.
     *
     * @param step manager of everything this step allocates
     * @param diagnose whether to compute {@link Result#diagnostics}
     */
    Result forward(NDManager step, Batch batch, boolean diagnose);

    /** Numbers worth logging that need no data: decay of averages and the like. */
    default Map<String, Double> settings(long finishedUpdates) {
        return Map.of();
    }

    @Override
    void close();

    /**
     * What a batch gives.
     *
     * @param losses sums by name
     * @param diagnostics scalars by name; {@code target_var} and {@code pred_var} are watched for collapse
     */
    record Result(Losses losses, Map<String, Double> diagnostics) {}
}

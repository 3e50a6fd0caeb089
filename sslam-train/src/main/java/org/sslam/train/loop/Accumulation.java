package org.sslam.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sslam.audio.load.Batch;
import org.sslam.core.engine.GradMode;
import org.sslam.core.engine.Recording;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Torch;
import org.sslam.train.objective.Losses;

/**
 * Forward and backward passes of one update: losses of all accumulated batches are summed and back-propagated.
 *
 * <p>What the losses were is read at once on the host, or stays on the device as scalars.
 */
final class Accumulation {
    private final Map<String, Double> sums = new TreeMap<>();
    private final Map<String, NDArray> terms = new TreeMap<>();
    private final List<String> clips = new ArrayList<>();
    private final TrainingMethod method;
    private final NDManager step;
    private final boolean onDevice;
    private Map<String, Double> diagnostics = Map.of();
    private double sampleSize;

    /**
     * @param step owner of what outlives a pass
     * @param onDevice whether losses stay there
     */
    Accumulation(TrainingMethod method, NDManager step, boolean onDevice) {
        this.method = method;
        this.step = step;
        this.onDevice = onDevice;
    }

    /**
     * One pass over a batch.
     *
     * @param seed of the engine's draws
     * @param diagnose whether to compute diagnostics
     */
    void add(Batch batch, long seed, boolean diagnose) {
        Torch.seed(seed);
        try (NDManager pass = step.newSubManager();
                Recording recording = Recording.start()) {
            TrainingMethod.Result result = method.forward(pass, batch, diagnose);
            Losses losses = result.losses();
            StepClock.part("backward", () -> recording.backward(losses.total()));
            if (onDevice) {
                GradMode.off(() -> losses.sums().forEach(this::keep));
            } else {
                losses.sums().forEach((name, sum) -> sums.merge(name, (double) sum.getFloat(), Double::sum));
            }
            sampleSize += losses.sampleSize();
            clips.addAll(batch.ids());
            diagnostics = result.diagnostics();
        }
    }

    /** Adds a term to what earlier batches gave, outside the graph and on the device. */
    private void keep(String name, NDArray sum) {
        NDArray own = sum.stopGradient();
        own.attach(step);
        terms.merge(name, own, NDArray::add);
    }

    /** The gradients of all passes by name, owned by the step. */
    Map<String, NDArray> gradients() {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        method.parameters().forEach((name, p) -> {
            NDArray gradient = p.gradient();
            gradient.attach(step);
            gradients.put(name, gradient);
        });
        return gradients;
    }

    /** Sum of all losses, where the host has read them. */
    double total() {
        return sums.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Losses by name, where the host has read them. */
    Map<String, Double> sums() {
        return sums;
    }

    /** Losses by name, where they stay on the device. */
    Map<String, NDArray> terms() {
        return terms;
    }

    /** Whose losses these are. */
    List<String> clips() {
        return clips;
    }

    /** Of the last pass. */
    Map<String, Double> diagnostics() {
        return diagnostics;
    }

    /** What the sums are to be divided by. */
    double sampleSize() {
        return sampleSize;
    }
}

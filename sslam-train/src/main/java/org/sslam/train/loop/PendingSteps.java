package org.sslam.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sslam.core.engine.HostCopy;
import org.sslam.core.ops.DeviceUpdate;

/**
 * What steps say about themselves and the host has not read yet: one short vector a step, on the device.
 *
 * <p>The vector holds the factor of the gradients, whether the update went, the gradient norm and the summed loss terms.
 */
final class PendingSteps implements AutoCloseable {
    private static final int GO = 1;
    private static final int NORM = 2;
    private static final int TERMS = 3;

    private final NDManager manager;
    private final DeviceUpdate device;
    private final List<Entry> entries = new ArrayList<>();
    private double lastLoss = Double.NaN;

    private record Entry(long update, NDArray vector, List<String> terms, double sampleSize, List<String> clips) {}

    /**
     * @param root manager of the method's weights
     */
    PendingSteps(NDManager root, DeviceUpdate device) {
        this.manager = root.newSubManager();
        this.device = device;
    }

    /**
     * Notes a step.
     *
     * @param update its number, from 1
     * @param decision of the device, (2)
     * @param norm of the summed gradients
     * @param terms summed losses by name, scalars
     */
    void add(
            long update,
            NDArray decision,
            NDArray norm,
            Map<String, NDArray> terms,
            double sampleSize,
            List<String> clips) {
        NDList scalars = new NDList(norm);
        scalars.addAll(terms.values());
        NDArray vector = NDArrays.concat(new NDList(decision, device.vector(scalars)), 0);
        vector.attach(manager);
        entries.add(new Entry(update, vector, List.copyOf(terms.keySet()), sampleSize, List.copyOf(clips)));
    }

    /** The loss of the newest step that was read, over its sample size; not a number before the first. */
    double lastLoss() {
        return lastLoss;
    }

    /**
     * Waits for the device and reads everything noted, in order.
     *
     * @param state before
     * @param guard stops the run when too many in a row did not go
     * @param notices told of every step that did not go
     * @return the state that knows of these steps
     */
    TrainState read(TrainState state, StepGuard guard, Consumer<String> notices) {
        TrainState now = state;
        for (Entry entry : entries) {
            float[] vector = HostCopy.floats(entry.vector);
            entry.vector.close();
            Map<String, Double> values = new TreeMap<>();
            double total = 0;
            for (int i = 0; i < entry.terms.size(); i++) {
                total += vector[TERMS + i];
                values.put("loss_" + entry.terms.get(i), vector[TERMS + i] / entry.sampleSize);
            }
            double norm = vector[NORM] / entry.sampleSize;
            if (vector[GO] == 0) {
                notices.accept(StepGuard.describe(entry.update - 1, total, norm, entry.clips));
                now = now.foundSkipped();
                guard.checkPatience(now);
                continue;
            }
            lastLoss = total / entry.sampleSize;
            values.put("loss", lastLoss);
            values.put("gradient_norm", norm);
            now = now.found(values);
        }
        entries.clear();
        return now;
    }

    @Override
    public void close() {
        manager.close();
    }
}

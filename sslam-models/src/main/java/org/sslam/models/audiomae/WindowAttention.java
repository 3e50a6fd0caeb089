package org.sslam.models.audiomae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.engine.StepClock;
import org.sslam.core.engine.Tensors;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.WindowGrid;

/**
 * Cosine attention in windows of a grid that may be shifted; see {@link Ops#windowAttention}.
 *
 * <p>A shifted grid is rolled towards lower indices before and back afterwards, and cells that the roll brought together
 * do not see each other ({@link ShiftMask}). Children {@code qkv}, {@code proj}, {@code meta_mlp}; parameter {@code tau},
 * 1 at first. Source: public Audio-MAE code, WindowMultiHeadAttention.
 */
final class WindowAttention extends Module {
    private final Parameter tau;
    private final Linear qkv;
    private final Linear proj;
    private final PositionBias bias;
    private final ShiftedWindow window;

    /**
     * @param dim width D
     * @param heads attention heads
     * @param window what sees each other
     * @param biasHidden width inside the network of the bias
     * @param dropout of that network
     */
    WindowAttention(Init init, int dim, int heads, ShiftedWindow window, int biasHidden, double dropout) {
        this.tau = parameter("tau", init.ones(heads));
        this.qkv = child("qkv", Linear.xavier(init, dim, 3L * dim));
        this.proj = child("proj", Linear.xavier(init, dim, dim));
        this.bias = child("meta_mlp", new PositionBias(init, window, heads, biasHidden, dropout));
        this.window = window;
    }

    /** (B, T, F, D) to (B, T, F, D). */
    NDArray forward(Ops ops, NDArray xBTFD, boolean train) {
        return StepClock.part("attention", () -> attend(ops, xBTFD, train));
    }

    private NDArray attend(Ops ops, NDArray xBTFD, boolean train) {
        Shape s = xBTFD.getShape();
        WindowGrid windows = window.of((int) s.get(1), (int) s.get(2));
        try (NDArray rolled = rolled(ops, xBTFD, -1);
                NDArray flat = rolled.reshape(s.get(0), s.get(1) * s.get(2), s.get(3));
                NDArray qkvBN3D = qkv.forward(ops, flat);
                NDArray scoreBias = scoreBias(ops, xBTFD, windows, train);
                NDArray attended = ops.windowAttention(qkvBN3D, windows, tau.value(), scoreBias);
                NDArray projected = proj.forward(ops, attended);
                NDArray onGrid = projected.reshape(s)) {
            return rolled(ops, onGrid, 1);
        }
    }

    private NDArray scoreBias(Ops ops, NDArray owner, WindowGrid windows, boolean train) {
        NDArray bias1Hnn = bias.forward(ops, owner, train);
        if (!window.isShifted()) {
            return bias1Hnn;
        }
        Shape shape = new Shape(windows.count(), 1, windows.cells(), windows.cells());
        float[] values = ShiftMask.values(windows, window.shiftTime(), window.shiftFrequency());
        try (bias1Hnn;
                NDArray maskW1nn = Tensors.of(owner.getManager(), values, shape)) {
            return bias1Hnn.add(maskW1nn);
        }
    }

    /** A new array, rolled along both axes where the windows are shifted. */
    private NDArray rolled(Ops ops, NDArray xBTFD, int direction) {
        int times = direction * window.shiftTime();
        int bands = direction * window.shiftFrequency();
        if (bands == 0) {
            return times == 0 ? xBTFD.reshape(xBTFD.getShape()) : ops.roll(xBTFD, times, 1);
        }
        try (NDArray alongTime = ops.roll(xBTFD, times, 1)) {
            return ops.roll(alongTime, bands, 2);
        }
    }
}

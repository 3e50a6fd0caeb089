package org.sslam.eval.doctor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.sslam.core.engine.Torch;
import org.sslam.core.ops.ArrayOps;
import org.sslam.core.ops.Ops;
import org.sslam.core.ops.Precision;
import org.sslam.core.ops.ScriptOps;

/** The scripted operators compute what plain array calls compute. */
record OperatorCheck() implements Check {
    private static final double TOLERANCE = 1e-4;
    private static final int WIDTH = 8;

    @Override
    public String name() {
        return "operators";
    }

    @Override
    public Result run() {
        Torch.start();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray x = wave(manager, new Shape(2, 5, WIDTH));
            double difference = attention(new ScriptOps(Precision.FP32), manager, x)
                    .sub(attention(new ArrayOps(), manager, x))
                    .abs()
                    .max()
                    .getFloat();
            return difference <= TOLERANCE
                    ? Result.good(String.format(Locale.ROOT, "attention agrees to %.0e", difference))
                    : Result.bad(
                            "attention is wrong by " + difference, "unset PYTORCH_LIBRARY_PATH and PYTORCH_VERSION");
        }
    }

    private static NDArray attention(Ops ops, NDManager manager, NDArray x) {
        NDArray wQkv = wave(manager, new Shape(3 * WIDTH, WIDTH));
        NDArray wOut = wave(manager, new Shape(WIDTH, WIDTH));
        return ops.attention(x, wQkv, wave(manager, new Shape(3 * WIDTH)), wOut, wave(manager, new Shape(WIDTH)), 2);
    }

    private static NDArray wave(NDManager manager, Shape shape) {
        return manager.arange((int) shape.size())
                .toType(DataType.FLOAT32, false)
                .sin()
                .reshape(shape);
    }
}

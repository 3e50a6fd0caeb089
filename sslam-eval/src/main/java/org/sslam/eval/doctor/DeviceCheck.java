package org.sslam.eval.doctor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;

/**
 * The device that was asked for is there and computes; it is never replaced by the CPU.
 *
 * @param device {@code cpu} or {@code gpu0}, {@code gpu1} ...
 */
record DeviceCheck(String device) implements Check {
    @Override
    public String name() {
        return "device";
    }

    @Override
    public Result run() {
        Device found;
        try {
            found = Torch.device(device);
        } catch (UserException e) {
            return Result.bad(
                    e.getMessage(),
                    "build with -Dgpu (SSLAM_GPU=1), install NVIDIA's driver and check it with nvidia-smi");
        }
        try (NDManager manager = NDManager.newBaseManager(found, "PyTorch")) {
            NDArray sum = manager.ones(new Shape(64, 64))
                    .matMul(manager.ones(new Shape(64, 64)))
                    .sum();
            float value = sum.getFloat();
            return value == 64f * 64 * 64
                    ? Result.good(device + " computes")
                    : Result.bad(device + " computes " + value + " instead of 262144", "check driver and hardware");
        }
    }
}

package org.sslam.eval.doctor;

import ai.djl.engine.Engine;
import org.sslam.core.engine.Torch;

/** libtorch loads and is the version that the native bridge was made for. */
record LibtorchCheck() implements Check {
    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public Result run() {
        Engine engine = Torch.start();
        int gpus = engine.getGpuCount();
        return Result.good(
                engine.getVersion() + ", " + (gpus == 0 ? "no GPU" : gpus + " GPU" + (gpus == 1 ? "" : "s")));
    }
}

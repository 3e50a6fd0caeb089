package org.sslam.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Java values on their way to a GPU: through pinned memory, without waiting for what the device still has to do.
 *
 * <p>libtorch keeps pinned blocks for the next time and gives none away before the device has read it.
 */
final class Upload {
    private static final String SOURCE =
            """
            class Ops(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Ops, x: Tensor) -> Tensor:
                return x
              def upload(self: __torch__.Ops, host: Tensor, like: Tensor) -> Tensor:
                return torch.to(torch.pin_memory(host), like, True, False)
            """;

    private static final class Loaded {
        private static final ScriptModule MODULE = load();

        private static ScriptModule load() {
            try {
                return ScriptModule.load(SOURCE);
            } catch (IOException e) {
                throw new UncheckedIOException("the upload operator could not be loaded", e);
            }
        }
    }

    private Upload() {}

    /** Loads the operator, which also shows that this libtorch knows what it calls. */
    static ScriptModule module() {
        return Loaded.MODULE;
    }

    /**
     * An array on the manager's GPU.
     *
     * @param fill writes the values into an array of that shape in main memory
     */
    static NDArray array(NDManager manager, Shape shape, DataType type, Consumer<NDArray> fill) {
        try (NDManager scratch = manager.newSubManager();
                NDManager main = manager.newSubManager(Device.cpu())) {
            NDArray host = main.zeros(shape, type);
            fill.accept(host);
            NDArray like = scratch.zeros(new Shape(1), type);
            try (IValue result = module().run("upload", IValue.from((PtNDArray) host), IValue.from((PtNDArray) like))) {
                return result.toTensor((PtNDManager) manager);
            }
        }
    }
}

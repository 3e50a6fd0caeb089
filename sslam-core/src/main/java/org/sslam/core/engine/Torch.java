package org.sslam.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.TorchBridge;
import org.sslam.core.UserException;

/**
 * The one door to the engine: starts it offline and without usage tracking, and names its devices.
 *
 * <p>A device that was asked for and is not there is an error; nothing falls back to the CPU silently.
 */
public final class Torch {
    /** The libtorch release that the native bridge was compiled against; another one computes wrong numbers. */
    public static final String LIBTORCH_VERSION = "2.3.1";

    private static final String CPU = "cpu";

    private Torch() {}

    /**
     * Starts the engine if need be, with as many threads inside one operation as the machine has cores.
     *
     * @throws UserException if libtorch cannot be loaded or is another version
     */
    public static Engine start() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("ai.djl.pytorch.graph_optimizer", "false");
        setIfAbsent(
                "ai.djl.pytorch.num_threads",
                Integer.toString(Runtime.getRuntime().availableProcessors()));
        try {
            Engine engine = Engine.getEngine("PyTorch");
            if (!engine.getVersion().startsWith(LIBTORCH_VERSION)) {
                throw new UserException("libtorch " + engine.getVersion() + " was found, " + LIBTORCH_VERSION
                        + " is needed; unset PYTORCH_VERSION and PYTORCH_LIBRARY_PATH");
            }
            return engine;
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new UserException(
                    "libtorch could not be started (" + e.getMessage() + "); run 'sslam doctor' to see what is missing",
                    e);
        }
    }

    /** Starts the engine with a given number of threads inside one operation. */
    public static Engine start(int threads) {
        Engine engine = start();
        TorchBridge.setNumThreads(threads);
        return engine;
    }

    /** Whether a device can be called that, be it there or not. */
    public static boolean isDeviceName(String name) {
        return name.equals(CPU) || name.matches("gpu\\d{1,3}");
    }

    /**
     * The device of a name.
     *
     * @param name {@code cpu}, or {@code gpu0}, {@code gpu1} ...
     * @throws UserException if there is no such device
     */
    public static Device device(String name) {
        if (!isDeviceName(name)) {
            throw new UserException("unknown device '" + name + "'; use cpu, gpu0, gpu1 ...");
        }
        Engine engine = start();
        if (name.equals(CPU)) {
            return Device.cpu();
        }
        int id = Integer.parseInt(name.substring("gpu".length()));
        int count = engine.getGpuCount();
        if (id >= count) {
            throw new UserException("device " + name + " was asked for, but " + count
                    + " GPUs are visible; see by 'sslam doctor --device " + name
                    + "' which is missing, the build with -Dgpu, the driver or CUDA's runtime, or set device=cpu");
        }
        return Device.gpu(id);
    }

    /**
     * Waits until a manager's device has done what it was given; on the CPU it always has.
     *
     * <p>Reading one value back is what the engine offers for that: its work is done in the order of the calls.
     */
    public static void await(NDManager manager) {
        if (manager.getDevice().isGpu()) {
            try (NDArray last = manager.zeros(new Shape(1))) {
                HostCopy.floats(last);
            }
        }
    }

    /** Seeds the engine's generator: what is drawn next is a function of the seed. */
    public static void seed(long seed) {
        TorchBridge.seed(seed);
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}

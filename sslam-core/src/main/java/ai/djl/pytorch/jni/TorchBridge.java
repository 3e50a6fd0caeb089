package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The few calls of DJL's native layer that its public API does not offer: scripted methods that take part in autograd,
 * a grad mode that is switched per thread, and a backward pass without the JVM-wide gradient collector.
 *
 * <p>It lives in DJL's package because those natives are package-private there; hence the class path, not the module
 * path. Only {@code org.sslam.core} calls it.
 */
public final class TorchBridge {
    /** The script interpreter's optimiser is a switch of each thread; off, scripts run plainly and repeatably. */
    private static final ThreadLocal<Boolean> PLAIN_INTERPRETER = ThreadLocal.withInitial(() -> {
        PyTorchLibrary.LIB.setGraphExecutorOptimize(false);
        return true;
    });

    private static final int[] ON_CPU = {0, -1};
    private static final int COPY_BUFFER_BYTES = 1 << 16;

    private TorchBridge() {}

    /**
     * Loads a TorchScript archive that holds code but no tensors.
     *
     * @return the native module handle, alive for the rest of the process
     */
    public static long load(InputStream archive) throws IOException {
        return PyTorchLibrary.LIB.moduleLoad(archive, ON_CPU, true, new byte[COPY_BUFFER_BYTES], -1);
    }

    /**
     * Runs a method of a loaded module under the thread's grad mode and closes the arguments.
     *
     * @return the method's result; the caller closes it
     */
    public static IValue run(long module, String method, IValue... arguments) {
        PLAIN_INTERPRETER.get();
        long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        try {
            return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module, method, handles, true, false));
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    /** Whether this thread records operations for a backward pass. */
    public static boolean isGradMode() {
        return PyTorchLibrary.LIB.torchIsGradMode();
    }

    /** Switches recording on or off for this thread. */
    public static void setGradMode(boolean on) {
        PyTorchLibrary.LIB.torchSetGradMode(on);
    }

    /**
     * Back-propagates from {@code loss} with the given seed gradient and frees the graph.
     *
     * @param seed gradient of the loss with respect to itself, of the loss's shape
     */
    public static void backward(PtNDArray loss, PtNDArray seed) {
        PyTorchLibrary.LIB.torchBackward(loss.getHandle(), seed.getHandle(), false, false);
    }

    /** Asks the engine to use this many threads inside one operation. */
    public static void setNumThreads(int threads) {
        PyTorchLibrary.LIB.torchSetNumThreads(threads);
    }

    /** Seeds the engine's generator; draws that follow are a function of the seed alone. */
    public static void seed(long seed) {
        PyTorchLibrary.LIB.torchManualSeed(seed);
    }

    /**
     * The memory of a contiguous array on the CPU, not copied; valid while the array lives, at most 2 GiB.
     *
     * @return in the machine's byte order
     */
    public static ByteBuffer bytes(PtNDArray array) {
        return PyTorchLibrary.LIB.torchDirectByteBuffer(array.getHandle()).order(ByteOrder.nativeOrder());
    }

    /** A leaf that shares the array's memory and collects a gradient of its own. */
    public static PtNDArray leaf(PtNDArray array) {
        PtNDArray leaf = JniUtils.detachGradient(array);
        JniUtils.attachGradient(leaf, true);
        return leaf;
    }
}

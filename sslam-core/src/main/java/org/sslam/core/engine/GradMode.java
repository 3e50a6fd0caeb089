package org.sslam.core.engine;

import ai.djl.pytorch.jni.TorchBridge;
import java.util.function.Supplier;

/**
 * Whether this thread records operations for a backward pass; it belongs to the thread, not to the process.
 *
 * <p>New threads record until told otherwise, so whatever only evaluates runs inside {@link #off}.
 */
public final class GradMode {
    private GradMode() {}

    /** Runs without recording. */
    public static <T> T off(Supplier<T> work) {
        boolean before = TorchBridge.isGradMode();
        TorchBridge.setGradMode(false);
        try {
            return work.get();
        } finally {
            TorchBridge.setGradMode(before);
        }
    }

    /** As {@link #off(Supplier)}, for work without a result. */
    public static void off(Runnable work) {
        off(() -> {
            work.run();
            return null;
        });
    }
}

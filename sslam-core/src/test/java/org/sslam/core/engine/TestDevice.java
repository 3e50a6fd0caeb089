package org.sslam.core.engine;

import ai.djl.ndarray.NDManager;

/** The device on which tests of the engine's work run: the CPU, or that of {@code -Dsslam.device=gpu0}. */
public final class TestDevice {
    private static final String PROPERTY = "sslam.device";

    private TestDevice() {}

    /** Its name. */
    public static String name() {
        String name = System.getProperty(PROPERTY, "");
        return name.isEmpty() ? "cpu" : name;
    }

    /** A manager of its own there; the caller closes it. */
    public static NDManager manager() {
        return NDManager.newBaseManager(Torch.device(name()));
    }
}

package org.sslam.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, without asking the network. */
final class Host {
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "localhost";

    private Host() {}

    static String name() {
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        try {
            return Files.isReadable(KERNEL_NAME) ? Files.readString(KERNEL_NAME).strip() : UNKNOWN;
        } catch (IOException nameless) {
            return UNKNOWN;
        }
    }
}
